import { keepKnownMarks } from '../../core/conversation/citation-marks';
import type { AnswerMessage } from '../../core/conversation/conversation';
import { ownMarks } from '../../core/conversation/own-marks';
import { attempt } from './attempt';
import { checkCitations } from './check-citations';
import type { SourceWithText } from './describe-sources';

/** Half of a letter outside the basic plane, which some programs choke on. */
const halfLetter = /\p{Surrogate}/gu;

/** The text of an answer as it is kept: with `[n]` for marks of other forms and without those that the model made up, compared with what it was to read. */
export async function settleText(
  text: string,
  read: readonly SourceWithText[],
  question: string,
  isCutOff: boolean,
  tools: Parameters<typeof checkCitations>[4],
): Promise<Pick<AnswerMessage, 'text' | 'check'>> {
  const known = new Set(read.map(({ source }) => source.number));
  const kept = keepKnownMarks(ownMarks(text.replace(halfLetter, '\uFFFD'), known), known);
  // An answer without its check is still an answer.
  const check = kept && read.length > 0 ? await attempt(() => checkCitations(kept, read, question, isCutOff, tools)) : undefined;
  return { text: kept, ...(check && 'value' in check ? { check: check.value } : {}) };
}
