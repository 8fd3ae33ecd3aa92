import type { Plugin } from 'vite';
import { keptResources } from '../../src/models/model-server-client';
import { emptyOut } from './empty-out';

const client = /\/openai\/client\.mjs$/;
const completions = /\/openai\/resources\/chat\/completions\/completions\.mjs$/;

/** Leaves out of the openai package what `keptResources` does not name, of which its client makes an object each. */
export function usedOpenAi(): Plugin {
  return {
    name: 'commonplace:used-openai',
    transform: {
      filter: { id: '**/node_modules/openai/**' },
      handler: (code, id) => ({
        code: client.test(id) ? withoutResources(code) : completions.test(id) ? withoutHelpers(code) : code,
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

/** What calls functions for a model, and puts streams together: `readStream` does without. */
function withoutHelpers(code: string): string {
  return emptyOut(code, ['Completions.runTools', 'Completions.stream', 'Completions.parse']);
}
