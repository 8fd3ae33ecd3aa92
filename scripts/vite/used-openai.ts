import type { Plugin } from 'vite';
import { keptResources } from '../../src/models/model-server-client';
import { emptyOut } from './empty-out';

/** By the end of a module's path, what of it is left. */
const left: readonly (readonly [path: string, (code: string) => string])[] = [
  // It is told to try once.
  [
    'client.mjs',
    (code) => emptyOut(withoutResources(code), ['OpenAI.retryRequest', 'OpenAI.calculateDefaultRetryTimeoutMillis', 'OpenAI.withOptions']),
  ],
  ['core/streaming.mjs', (code) => emptyOut(code, ['Stream.fromReadableStream', 'Stream.tee', 'Stream.toReadableStream'])],
  // What calls functions for a model, and puts streams together: `readStream` does without.
  [
    'resources/chat/completions/completions.mjs',
    (code) => emptyOut(code, ['Completions.runTools', 'Completions.stream', 'Completions.parse']),
  ],
  ['resources/fine-tuning/fine-tuning.mjs', withoutAllButJobs],
  // Waits in memory, which a worker may lose: whether to ask again is decided where that can be stored.
  ['resources/files.mjs', (code) => emptyOut(code, ['Files.waitForProcessing'])],
  // Keys that a cloud hands out to its own machines.
  ['auth/workload-identity-auth.mjs', (code) => emptyOut(code, ['WorkloadIdentityAuth'])],
  // `openModelServer` sends none of what is found out there.
  ['internal/detect-platform.mjs', (code) => replaceOnce(code, '_platformHeaders = getPlatformProperties()', '_platformHeaders = {}')],
  // Writes lists and objects too, and there are none in what is asked for here.
  [
    'internal/utils/query.mjs',
    (code) => replaceOnce(code, "qs.stringify(query, { arrayFormat: 'brackets' })", 'new URLSearchParams(query).toString()'),
  ],
];

/** Leaves out of the openai package what `keptResources` does not name, of which its client makes an object each, and what else of it is never reached. */
export function usedOpenAi(): Plugin {
  return {
    name: 'commonplace:used-openai',
    transform: {
      filter: { id: '**/node_modules/openai/**' },
      handler: (code, id) => ({
        code: leftOf(id.replace(/^.*\/node_modules\/openai\//, ''), code),
        map: null,
        // The package does not say so itself; without it, a module stays that nothing is imported from.
        moduleSideEffects: false,
      }),
    },
  };
}

/** The source of the client, without the resources that are not kept. @throws where one that is kept is not there */
export function withoutResources(code: string): string {
  const kept: readonly string[] = keptResources;
  const found: string[] = [];
  const left = code
    .replace(/^ *this\.(\w+) = new API\.\w+\(this\);$/gm, (line, name: string) => {
      found.push(name);
      return kept.includes(name) ? line : '';
    })
    // The same classes again, for those who want to name their types.
    .replace(/^OpenAI\.[A-Z]\w+ = [A-Z]\w+;$/gm, '');
  const missing = kept.filter((name) => !found.includes(name));
  if (missing.length > 0) throw new Error(`The openai package has changed: its client has no ${missing.join(', ')}.`);
  return left;
}

/**
 * The source of a module of the package, without what is never reached.
 * @param path within the package
 * @throws where what is to be left out is not there
 */
export function leftOf(path: string, code: string): string {
  return left.find(([known]) => known === path)?.[1](code) ?? code;
}

function withoutAllButJobs(code: string): string {
  const made = /^ *this\.(\w+) = new \w+API\.\w+\(this\._client\);$/gm;
  if (![...code.matchAll(made)].some(([, name]) => name === 'jobs'))
    throw new Error('The openai package has changed: its fine-tuning has no jobs.');
  return code.replace(made, (line, name: string) => (name === 'jobs' ? line : '')).replace(/^FineTuning\.\w+ = \w+;$/gm, '');
}

function replaceOnce(code: string, what: string, by: string): string {
  if (code.split(what).length !== 2) throw new Error(`The openai package has changed: it has no “${what}”.`);
  return code.replace(what, by);
}
