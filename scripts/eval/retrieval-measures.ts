import { normalizedGain } from '../../src/core/retrieval-tuning/discounted-gain';

/** How relevant each document is to one question: absent or 0 is not at all. */
export type Judgements = ReadonlyMap<string, number>;

export interface RetrievalFigures {
  readonly 'nDCG@10': number;
  readonly 'recall@5': number;
  readonly 'MRR@10': number;
  readonly 'hit@1': number;
  /** Questions that have at least one relevant document; the others count for nothing. */
  readonly questions: number;
}

/**
 * The usual measures, averaged over the questions that have an answer. For nDCG see `normalizedGain`.
 * @param ranking of each question: document ids, the best first
 */
export function measureRankings(
  rankings: ReadonlyMap<string, readonly string[]>,
  judgements: ReadonlyMap<string, Judgements>,
): RetrievalFigures {
  const sums = { ndcg: 0, recall: 0, reciprocal: 0, hit: 0 };
  let questions = 0;
  for (const [question, relevance] of judgements) {
    const relevant = [...relevance.values()].filter((grade) => grade > 0);
    if (relevant.length === 0) continue;
    questions += 1;
    const grades = (rankings.get(question) ?? []).map((id) => relevance.get(id) ?? 0);
    sums.ndcg += normalizedGain(grades, relevant, 10);
    sums.recall += grades.slice(0, 5).filter((grade) => grade > 0).length / relevant.length;
    const first = grades.slice(0, 10).findIndex((grade) => grade > 0);
    sums.reciprocal += first === -1 ? 0 : 1 / (first + 1);
    sums.hit += first === 0 ? 1 : 0;
  }
  const mean = (sum: number) => (questions > 0 ? Math.round((sum / questions) * 10_000) / 10_000 : 0);
  return { 'nDCG@10': mean(sums.ndcg), 'recall@5': mean(sums.recall), 'MRR@10': mean(sums.reciprocal), 'hit@1': mean(sums.hit), questions };
}
