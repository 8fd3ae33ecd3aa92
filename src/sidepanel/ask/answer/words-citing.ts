import { findCitationMarks } from '../../../core/conversation/citation-marks';

/** About one sentence, of which a mark says that the source bears it out. */
const citedCharacters = 240;

/** What an answer says just before the marks of one source. */
export function wordsCiting(number: number, answer: string): string {
  return findCitationMarks(answer)
    .filter(({ numbers }) => numbers.includes(number))
    .map(({ start }) => answer.slice(Math.max(0, start - citedCharacters), start))
    .join('\n');
}
