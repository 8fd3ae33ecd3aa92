import { hashUnits } from '../bytes/hash-units';
import { questionOf, systemPromptOf, type TuningExample } from './example';

/**
 * By which a question with its instructions is known again, in any letters: 32 bits, so that beside 50,000 others one in 86,000 is taken for one of them.
 * @param salt another one gives another hash
 */
export function questionHash(example: TuningExample, salt = ''): number {
  const key = `${salt}\n${systemPromptOf(example) ?? ''}\n${questionOf(example)}`.toLowerCase();
  const units = Uint16Array.from({ length: key.length }, (_, at) => key.charCodeAt(at));
  return hashUnits(units, units.length) >>> 0;
}
