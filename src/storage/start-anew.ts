import { deleteDB } from 'idb';
import { ProblemError, problemOf } from '../core/problem';
import { databaseName, type Library } from './schema';

/**
 * Deletes a library that cannot be opened, so that the next to open it finds an empty one. Deletes nothing when it can be opened after all, or
 * when something else than its own state keeps it from opening.
 * @throws ProblemError `internal` when it can be opened; otherwise what kept it from being opened or deleted
 */
export async function startAnew(openLibrary: () => Promise<Library>): Promise<void> {
  const problem = await openLibrary().then(() => undefined, problemOf);
  if (!problem) throw new ProblemError({ code: 'internal', detail: 'The library can be opened, so nothing was deleted.' });
  if (problem.code !== 'storage-unavailable') throw new ProblemError(problem);
  await deleteDB(databaseName).catch((cause: unknown) => {
    throw new ProblemError({ code: 'storage-unavailable', detail: cause instanceof Error ? cause.message : String(cause) }, { cause });
  });
  await openLibrary();
}
