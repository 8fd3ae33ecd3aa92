import { retryDelayMs } from '../../core/models/retry-delay';
import { ProblemError, problemOf } from '../../core/problem';
import type { EmbeddingModel } from '../../models/embedding-model';

type ModelSource = () => Promise<EmbeddingModel | undefined>;

export interface RestingModel {
  readonly get: ModelSource;
  /** Lets it be tried again at once, because the person asked for that. */
  wake(): void;
}

/**
 * Leaves a model alone for a while after it failed: with a server that is down or silent, a thousand jobs would otherwise each wait
 * for it in turn. Until then its last problem is repeated.
 */
export function restingModel(source: ModelSource, now: () => number): RestingModel {
  let resting: { readonly until: number; readonly key: string; readonly error: ProblemError } | undefined;
  return {
    wake() {
      resting = undefined;
    },
    async get() {
      const model = await source();
      return (
        model && {
          ...model,
          async embed(texts, signal, onTokens) {
            if (resting && resting.key === model.key && now() < resting.until) throw resting.error;
            try {
              return await model.embed(texts, signal, onTokens);
            } catch (error) {
              const problem = problemOf(error);
              const delayMs = retryDelayMs(problem, 1);
              if (delayMs !== undefined) resting = { until: now() + delayMs, key: model.key, error: new ProblemError(problem) };
              throw error;
            }
          },
        }
      );
    },
  };
}
