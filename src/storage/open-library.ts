import { openDB } from 'idb';
import { type Problem, ProblemError } from '../core/problem';
import { migrations, schemaVersion } from './migrations/migrations';
import { databaseName, type Library, type LibrarySchema } from './schema';

/** How long other contexts may keep the library open in an older form: with what comes before and after, the person hears of it within five seconds. */
const longestBlockMs = 4_000;
/** Openings that were given up on and still stand in the browser's queue. Of those behind them it says nothing, not even that they are blocked. */
let givenUp = 0;
/** Before the second of two tries to open it. */
const reopenAfterMs = 200;

/**
 * Opens the library, creating or upgrading it as needed. Gives way when another context wants to upgrade: then the connection
 * closes and the next use opens a new one.
 * @throws ProblemError `storage-unavailable`, `storage-newer`, `storage-blocked` or `storage-full`
 */
export async function openLibrary(onClosed: () => void = () => {}): Promise<Library> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startTimer = () => {};
  let failure: unknown;
  const blocked = new Promise<never>((_, reject) => {
    startTimer = () => {
      timer ??= setTimeout(() => reject(new ProblemError({ code: 'storage-blocked' })), longestBlockMs);
    };
  });
  if (givenUp > 0) startTimer();
  // Within a promise, for where a browser keeps no databases at all this throws.
  const opening = Promise.resolve().then(() =>
    openDB<LibrarySchema>(databaseName, schemaVersion, {
      async upgrade(database, oldVersion, _newVersion, transaction) {
        clearTimeout(timer);
        try {
          for (const migrate of migrations.slice(oldVersion)) await migrate(database, transaction);
        } catch (error) {
          failure = error;
          // All or nothing: left to itself, what has been done so far would be kept and taken for all of it.
          transaction.done.catch(() => {});
          try {
            transaction.abort();
          } catch {
            // It has ended already, and that is what failed.
          }
        }
      },
      blocked: () => startTimer(),
      blocking(_currentVersion, _wantedVersion, event) {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    }),
  );
  try {
    return await Promise.race([opening, blocked]);
  } catch (cause) {
    // Should it open after all, nobody waits for it any longer, and it must not block others in its turn.
    givenUp += 1;
    void opening
      .then(
        (library) => library.close(),
        () => {},
      )
      .finally(() => {
        givenUp -= 1;
      });
    throw new ProblemError(problemOfOpening(failure ?? cause), { cause });
  } finally {
    clearTimeout(timer);
  }
}

function problemOfOpening(cause: unknown): Problem {
  if (cause instanceof ProblemError) return cause.problem;
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  if (name === 'VersionError') return { code: 'storage-newer' };
  if (name === 'QuotaExceededError') return { code: 'storage-full' };
  return { code: 'storage-unavailable', detail: message };
}

/** One connection for all, opened at first use and again after it was lost. What fails to open is tried once more before anyone hears of it. */
export function libraryOpener(open: typeof openLibrary = openLibrary): () => Promise<Library> {
  let current: Promise<Library> | undefined;
  const forget = () => {
    current = undefined;
  };
  const openTwice = async () => {
    try {
      return await open(forget);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'storage-unavailable') throw error;
      await new Promise((resolve) => setTimeout(resolve, reopenAfterMs));
      return open(forget);
    }
  };
  return () => {
    current ??= openTwice().catch((error: unknown) => {
      forget();
      throw error;
    });
    return current;
  };
}
