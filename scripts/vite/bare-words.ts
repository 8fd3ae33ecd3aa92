import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Leaves out of the built words what is there for those who write them: descriptions, and the space between. */
export function bareWords(path: string): Plugin {
  return {
    name: 'commonplace:bare-words',
    apply: 'build',
    // Files that are copied as they are have been copied by then.
    writeBundle({ dir = 'dist' }) {
      const file = join(dir, path);
      const words = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        JSON.stringify(
          JSON.parse(words, (key, value: unknown) => (key === 'description' && typeof value === 'string' ? undefined : value)),
        ),
      );
    },
  };
}
