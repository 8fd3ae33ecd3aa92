import { problemOf } from '../../core/problem';
import { waitFor } from './wait-for';

const mostAttempts = 4;
const firstWaitMs = 1_000;
/** A worker that does nothing for half a minute is ended: who has to wait longer is to come again. */
const longestWaitMs = 20_000;

/** Asks again what met a server that has too much to do, when it wants to be asked again. @throws what the last attempt threw */
export async function askPatiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw error;
      const problem = problemOf(error);
      const waitMs = problem.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1);
      if (problem.code !== 'model-busy' || attempt === mostAttempts || waitMs > longestWaitMs) throw error;
      await waitFor(waitMs, signal);
    }
  }
}
