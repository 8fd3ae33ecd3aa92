/** One in so many scores is looked at first, an odd number: neighbours are of one page and alike. */
const sampled = 29;
/** The bound is set so low that it is reached by enough, but for once in many thousand times: by so many deviations more of the sample than are expected to be of the best. */
const deviationsMore = 4;

/**
 * The places of the highest scores, by rising place; of equal scores the lower places. A sample shows about how high they are, so only few have to be put in order.
 * @param above scores of no more than this are none
 */
export function selectBest(scores: Float32Array, count: number, above = Number.NEGATIVE_INFINITY): number[] {
  if (count < 1) return [];
  let candidates = placesFrom(scores, boundBySample(scores, count, above), above);
  if (candidates.length < count) candidates = placesFrom(scores, Number.NEGATIVE_INFINITY, above);
  if (candidates.length <= count) return candidates;
  const inOrder = new Float32Array(candidates.length);
  for (let index = 0; index < candidates.length; index++) inOrder[index] = scores[candidates[index] as number] as number;
  const worst = inOrder.sort()[inOrder.length - count] as number;
  let asGoodAsWorst = count;
  for (const place of candidates) if ((scores[place] as number) > worst) asGoodAsWorst -= 1;
  const best: number[] = [];
  for (const place of candidates) {
    const score = scores[place] as number;
    if (score > worst || (score === worst && asGoodAsWorst-- > 0)) best.push(place);
  }
  return best;
}

function placesFrom(scores: Float32Array, bound: number, above: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] as number;
    if (score >= bound && score > above) places.push(place);
  }
  return places;
}

function boundBySample(scores: Float32Array, count: number, above: number): number {
  const sample = new Float32Array(Math.ceil(scores.length / sampled));
  let size = 0;
  for (let place = 0; place < scores.length; place += sampled)
    if ((scores[place] as number) > above) sample[size++] = scores[place] as number;
  const expected = count / sampled;
  const wanted = Math.ceil(expected + deviationsMore * Math.sqrt(expected) + deviationsMore);
  return wanted < size ? (sample.subarray(0, size).sort()[size - wanted] as number) : Number.NEGATIVE_INFINITY;
}
