import { parseArgs } from 'node:util';
import { runIngestBench } from './bench/ingest';
import { runSearchBench } from './bench/search';
import { runStartupBench } from './bench/startup';

const usage = `Usage:
  npm run -s bench -- search [--passages N]    how long a search takes, cold and warm, beside MiniSearch, Orama and a float32 scan
  npm run -s bench -- ingest [--passages N]    how many passages are indexed a second, beside MiniSearch and Orama
  npm run -s bench -- startup                  how soon the worker, the panel and a saved page are ready, beside an extension that does nothing`;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { passages: { type: 'string' } } });
const passages = Number(values.passages ?? 5_000);

if (!Number.isInteger(passages) || passages < 100) {
  console.error('--passages takes a whole number from 100.');
  process.exitCode = 2;
} else if (positionals[0] === 'search') await runSearchBench(passages);
else if (positionals[0] === 'ingest') await runIngestBench(passages);
else if (positionals[0] === 'startup') await runStartupBench();
else {
  console.error(usage);
  process.exitCode = 2;
}
