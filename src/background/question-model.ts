import { type Problem, problemOf } from '../core/problem';
import type { EmbeddingModel } from '../models/embedding-model';

export interface QuestionModel {
  /**
   * The model that questions are embedded with: the one whose vectors the library is searched by, which need not be the one that is chosen.
   * `undefined` when there are no vectors, or search goes by words by choice; rejects when its server may not be asked.
   */
  readonly get: () => Promise<EmbeddingModel | undefined>;
  /** Why the last question could not be embedded by this model; `undefined` if it could. */
  readonly problem: (modelKey: string) => Problem | undefined;
}

/** @param indexModel the key of the model whose vectors answer questions */
export function questionModel(
  indexModel: () => Promise<string | undefined>,
  openModel: (modelKey: string) => Promise<EmbeddingModel | undefined>,
): QuestionModel {
  let last: { readonly modelKey: string; readonly problem: Problem } | undefined;
  return {
    problem: (modelKey) => (last?.modelKey === modelKey ? last.problem : undefined),
    async get() {
      const modelKey = await indexModel();
      const model = modelKey === undefined ? undefined : await openModel(modelKey);
      return (
        model && {
          ...model,
          async embed(texts, signal, onTokens) {
            try {
              const vectors = await model.embed(texts, signal, onTokens);
              last = undefined;
              return vectors;
            } catch (error) {
              // Someone who stops waiting has met no problem.
              if (signal?.reason?.name !== 'AbortError') last = { modelKey: model.key, problem: problemOf(error) };
              throw error;
            }
          },
        }
      );
    },
  };
}
