import { findCitationMarks } from '../conversation/citation-marks';
import type { AnswerMessage, Source } from '../conversation/conversation';

/** What the person made of the whole answer; absent when nothing was said. */
export type Judgement = 'good' | 'bad';

/**
 * The sources of an answer that bear on its question, the surest first: those that the person opened, then those that the answer cites and that bear out
 * what it says there. Of an answer that was called bad, only what was opened; of one that was called good, all that it cites.
 */
export function judgedSources(
  { status, kind, text, sources, opened = [], check }: AnswerMessage,
  judgement: Judgement | undefined,
): readonly Source[] {
  const isCited = kind === 'written' && status === 'complete' && judgement !== 'bad';
  const marked = isCited ? findCitationMarks(text).flatMap(({ numbers }) => numbers) : [];
  const supporting = new Set(check?.sentences.flatMap(({ support }) => support.map(({ source }) => source)) ?? []);
  const cited = marked.filter((number) => judgement === 'good' || !check || supporting.has(number));
  const numbers = [...new Set([...opened, ...cited])];
  return numbers.flatMap((number) => sources.find((source) => source.number === number && !source.isUnsaved) ?? []);
}
