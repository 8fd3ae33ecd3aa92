import { type Problem, ProblemError, problemOf } from '../../core/problem';
import type { EmbeddingModel } from '../../models/embedding-model';

export interface QuestionModel {
  /**
   * The model that questions are embedded with: the one whose vectors the library is searched by, which need not be the one that is chosen.
   * `undefined` when there are no vectors, or search goes by words by choice; rejects when its server may not be asked. Its `embed` rejects with
   * `model-vectors-changed` when what it gives cannot be compared with most of what is stored.
   */
  readonly get: () => Promise<EmbeddingModel | undefined>;
  /** Why the last question could not be embedded by this model; `undefined` if it could, or if what it could not be compared with is gone. */
  readonly problem: (modelKey: string) => Promise<Problem | undefined>;
}

export interface QuestionModelTools {
  /** The key of the model whose vectors answer questions. */
  readonly indexModel: () => Promise<string | undefined>;
  readonly openModel: (modelKey: string) => Promise<EmbeddingModel | undefined>;
  /** How many vectors of a model are stored of each length. */
  readonly vectorLengths: (modelKey: string) => Promise<ReadonlyMap<number, number>>;
}

export function questionModel({ indexModel, openModel, vectorLengths }: QuestionModelTools): QuestionModel {
  let last: { readonly modelKey: string; readonly problem: Problem; readonly givenLength?: number } | undefined;

  /** A server may have another model under a name than it had. Without being told, search would go by words or by the few new vectors, and nobody would know. */
  const changeOf = async (modelKey: string, givenLength: number): Promise<Problem | undefined> => {
    const lengths = await vectorLengths(modelKey);
    const stored = [...lengths.values()].reduce((sum, vectors) => sum + vectors, 0);
    if ((lengths.get(givenLength) ?? 0) * 2 >= stored) return undefined;
    const [mostFrequent] = [...lengths].sort((a, b) => b[1] - a[1]);
    return { code: 'model-vectors-changed', detail: `${mostFrequent?.[0]} → ${givenLength}` };
  };

  return {
    async problem(modelKey) {
      if (last?.modelKey !== modelKey) return undefined;
      return last.givenLength === undefined ? last.problem : changeOf(modelKey, last.givenLength);
    },
    async get() {
      const modelKey = await indexModel();
      const model = modelKey === undefined ? undefined : await openModel(modelKey);
      return (
        model && {
          ...model,
          async embed(texts, signal, onTokens) {
            try {
              const vectors = await model.embed(texts, signal, onTokens);
              const givenLength = vectors[0]?.length ?? 0;
              const changed = await changeOf(model.key, givenLength);
              last = changed && { modelKey: model.key, problem: changed, givenLength };
              if (changed) throw new ProblemError(changed);
              return vectors;
            } catch (error) {
              const problem = problemOf(error);
              // Someone who stops waiting has met no problem.
              if (problem.code !== 'model-vectors-changed' && signal?.reason?.name !== 'AbortError')
                last = { modelKey: model.key, problem };
              throw error;
            }
          },
        }
      );
    },
  };
}
