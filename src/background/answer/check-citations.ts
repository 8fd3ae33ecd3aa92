import type { AnswerCheck, CheckedSentence } from '../../core/citations/answer-check';
import { type AlignedSentence, type CheckedPassage, checkAnswer } from '../../core/citations/check-answer';
import { findCitationMarks } from '../../core/conversation/citation-marks';
import { plainText } from '../../core/text/plain-text';
import type { SourceWithText } from './describe-sources';

/** An answer that takes longer is checked as far as it got: a model that sends a megabyte must not keep the person waiting. */
const longestMs = 1_500;
/** The worker does other things too. */
const pauseEveryMs = 50;
/** Reading the sources takes half a second at this length. */
const mostSourceCharacters = 300_000;
const mostAnswerCharacters = 150_000;

export interface CheckTools {
  readonly now: () => number;
}

/** Behind a sentence that is whole; marks and what closes a quotation may follow. */
const ended = /[.!?…。！？؟।]["”’»)\]*_\s\d[]*$/u;

/**
 * Compares an answer with the sources that its model was given: what bears each sentence out, as quotations that can be opened.
 * @param question need not be borne out by anything
 * @param isCutOff what stands at its end may be half a sentence, of which nothing can be said
 */
export async function checkCitations(
  text: string,
  sources: readonly SourceWithText[],
  question: string,
  isCutOff: boolean,
  { now }: CheckTools,
): Promise<AnswerCheck> {
  const beganAt = now();
  let pausedAt = beganAt;
  const byNumber = new Map(sources.map((source) => [source.source.number, source]));
  const sentences: CheckedSentence[] = [];
  const looked = text.slice(0, mostAnswerCharacters);
  let checkedUpTo = looked.length;
  for (const { start, end, verdict, support, unknown } of checkAnswer(looked, passagesOf(sources, looked), question)) {
    if (isCutOff && !ended.test(looked) && text.slice(end).trim() === '') break;
    sentences.push({
      start,
      end,
      verdict,
      unknown,
      support: joinAdjacent(support).flatMap(({ passage, start: from, end: to }) => {
        const cited = byNumber.get(passage.number);
        if (!cited) return [];
        const span = { start: cited.source.start + from, end: cited.source.start + to };
        return [{ ...span, source: passage.number, quote: plainText(passage.text.slice(from, to)), liveUrl: cited.addressAt(span) }];
      }),
    });
    if (now() - beganAt > longestMs) {
      checkedUpTo = end;
      break;
    }
    if (now() - pausedAt > pauseEveryMs) {
      await new Promise((resolve) => setTimeout(resolve));
      pausedAt = now();
    }
  }
  return { sentences, ...(checkedUpTo < text.length ? { checkedUpTo } : {}) };
}

/** Sentences that follow each other are one quotation. */
function joinAdjacent(support: readonly AlignedSentence[]): AlignedSentence[] {
  const joined: AlignedSentence[] = [];
  for (const next of support) {
    const at = joined.findIndex(({ passage, start, end }) => {
      const between = passage.text.slice(Math.min(end, next.end), Math.max(start, next.start));
      return passage === next.passage && between.trim() === '';
    });
    const one = joined[at];
    if (one) joined[at] = { ...one, start: Math.min(one.start, next.start), end: Math.max(one.end, next.end) };
    else joined.push(next);
  }
  return joined;
}

/** Those that the answer cites come first, where there is no time for all. */
function passagesOf(sources: readonly SourceWithText[], answer: string): CheckedPassage[] {
  const cited = new Set(findCitationMarks(answer).flatMap(({ numbers }) => numbers));
  const inOrder = sources.toSorted((one, other) => Number(cited.has(other.source.number)) - Number(cited.has(one.source.number)));
  let characters = 0;
  return inOrder.flatMap(({ source, text, language }) => {
    if (characters + text.length > mostSourceCharacters) return [];
    characters += text.length;
    return [{ number: source.number, text, around: [source.title, source.site, ...source.headingPath].join('\n'), language }];
  });
}
