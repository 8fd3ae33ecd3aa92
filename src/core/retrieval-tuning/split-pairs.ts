import { checksum } from '../bytes/checksum';

/** `train` is learned from, `choose` says how much of what was learned is used, and `check` whether it is used at all. */
export type PairSide = 'train' | 'choose' | 'check';

/** Of twenty pairs, so many: what few questions could not tell is no reason to keep a map, so a quarter is held back. */
const [checking, choosing, parts] = [5, 4, 20];

/** On which side a question is: always the same, however many others there are and whatever is added, so that nothing is checked with what it was learned from. */
export function sideOf(question: string): PairSide {
  const words = question.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).join(' ');
  const part = checksum(new TextEncoder().encode(words)) % parts;
  if (part < checking) return 'check';
  return part < checking + choosing ? 'choose' : 'train';
}
