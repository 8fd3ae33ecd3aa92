import type { JobRunnerTools } from '../../src/background/ingest/run-jobs';
import type { Library } from '../../src/storage/schema';

/** What a queue needs, of which only what a test cares for need be said: no model, and nobody to be told. */
export function jobRunnerTools(library: Library, rest: Partial<JobRunnerTools> = {}): JobRunnerTools {
  return {
    openLibrary: async () => library,
    embeddingModel: async () => undefined,
    detectLanguage: async () => undefined,
    readFile: async () => Promise.reject(new Error('No test has a file to be read.')),
    now: () => 1_000_000,
    newId: () => crypto.randomUUID(),
    report: () => {},
    changed: () => {},
    embeddingChanged: () => {},
    forgetUnusedKey: async () => {},
    restorePiece: async () => false,
    wakeAt: () => {},
    ...rest,
  };
}
