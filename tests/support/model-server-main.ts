import { parseArgs } from 'node:util';
import { startModelServer } from './model-server';
import { loadRequestValidator } from './openapi-validation';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    key: { type: 'string' },
    'no-key': { type: 'boolean' },
    'tokens-per-second': { type: 'string' },
    'training-steps-per-second': { type: 'string' },
  },
});
const server = await startModelServer({
  port: Number(values.port ?? 0),
  apiKey: values['no-key'] ? null : (values.key ?? 'test-key'),
  validator: loadRequestValidator(),
  ...(values['tokens-per-second'] ? { tokensPerSecond: Number(values['tokens-per-second']) } : {}),
});
const steps = Number(values['training-steps-per-second'] ?? 0);
if (steps > 0) server.tuning.pace({ milliseconds: 1_000, steps });
console.log(`Base URL  ${server.url}`);
console.log(`Key       ${server.apiKey ?? '(none needed)'}`);
process.once('SIGINT', () => void server.close());
