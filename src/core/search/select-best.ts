const bins = 1_024;

/**
 * The places of the highest scores, by rising place; of equal scores the lower places. Scores are counted by how high they are first, so that only few have
 * to be sorted.
 * @param above scores of no more than this are none
 */
export function selectBest(scores: Float32Array, count: number, above = Number.NEGATIVE_INFINITY): number[] {
  if (count < 1) return [];
  const bound = boundFor(scores, count, above);
  const candidates: number[] = [];
  for (let place = 0; place < scores.length; place++) if ((scores[place] as number) >= bound) candidates.push(place);
  if (candidates.length <= count) return candidates;
  candidates.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return candidates.slice(0, count).sort((a, b) => a - b);
}

/** A score that at least so many reach, and not many more. */
function boundFor(scores: Float32Array, count: number, above: number): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] as number;
    if (score > most) most = score;
    if (score < least && score > above) least = score;
  }
  const scale = (bins - 1) / (most - least);
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return least;
  const histogram = new Uint32Array(bins);
  for (let place = 0; place < scores.length; place++) {
    const bin = ((scores[place] as number) - least) * scale;
    if (bin >= 0) histogram[bin | 0] = (histogram[bin | 0] as number) + 1;
  }
  let bin = bins;
  for (let reached = 0; bin > 0 && reached < count; ) reached += histogram[--bin] as number;
  // A little lower, for the bins' edges are rounded.
  return bin === 0 ? least : least + (bin - 0.01) / scale;
}
