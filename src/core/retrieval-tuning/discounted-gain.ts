/**
 * nDCG at a depth, as TREC computes it: linear gain, log2 discount (K. Järvelin, J. Kekäläinen, “Cumulated gain-based evaluation of IR techniques”, 2002).
 * @param grades of what was found, the best first; 0 is not relevant
 * @param relevant the grades of all that is relevant, in any order
 * @returns from 0 to 1; 0 when nothing is relevant
 */
export function normalizedGain(grades: readonly number[], relevant: readonly number[], depth: number): number {
  const best = discountedGain(
    relevant.toSorted((a, b) => b - a),
    depth,
  );
  return best > 0 ? discountedGain(grades, depth) / best : 0;
}

function discountedGain(grades: readonly number[], depth: number): number {
  return grades.slice(0, depth).reduce((sum, grade, place) => sum + grade / Math.log2(place + 2), 0);
}
