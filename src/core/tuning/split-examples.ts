import type { ExampleSplit, TuningExample } from './example';
import { questionHash } from './question-hash';

/**
 * Says on which side of a split an example is: the same seed, share and question give the same side, whatever else is in the set and in whatever order.
 * The same question is never on both sides.
 * @param validationShare of the examples, 0 to 1
 */
export function splitOf(example: TuningExample, seed: number, validationShare: number): ExampleSplit {
  let hash = questionHash(example, String(seed));
  // FNV's high bits follow its last units too closely to cut by them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < validationShare ? 'validation' : 'train';
}
