/** A ranking: passages, the best first. */
export type Ranking<Id> = readonly { readonly id: Id; readonly score: number }[];

/** The constant of reciprocal rank fusion: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion" (SIGIR 2009). */
const rankOffset = 60;

/** Joins rankings by the places they give, so that scores of different kinds never have to be compared. */
export function fuseRankings<Id>(rankings: readonly Ranking<Id>[]): { id: Id; score: number }[] {
  const scores = new Map<Id, number>();
  for (const ranking of rankings) {
    ranking.forEach(({ id }, place) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (rankOffset + place + 1));
    });
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}
