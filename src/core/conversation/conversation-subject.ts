import { once } from '../once';
import { segmentWords } from '../text/segment-words';

/** A question of as many words says what it is about, whatever the words are. */
const wordsEnough = 8;
/** So far back a conversation is looked through for what it is about. */
const longestChain = 4;

/** A capital letter within a sentence, a digit, or quotation marks. */
const name = once(() => /\p{L}[\p{L}\p{M}'’-]*[,;:]?\s+\p{Lu}[\p{L}\p{M}]|\p{N}|["“„«「『]/u);

/** Whether a question says by itself what it is about, unlike «and who designed it?». Scripts without capitals are judged by length alone. */
export function namesItsSubject(question: string): boolean {
  return name().test(question) || segmentWords(question).length >= wordsEnough;
}

/** A longer question needs nothing before it. */
const longestFollowUpWords = 14;

/** Whether a question may lean on those before it. */
export function mayLean(question: string): boolean {
  return segmentWords(question).length <= longestFollowUpWords;
}

/**
 * What a conversation is about, in the words of its questions: the last one, and those before it as long as the one after leans on them.
 * @param questions the oldest first
 */
export function conversationSubject(questions: readonly string[]): string {
  const chain: string[] = [];
  for (const question of questions.slice(-longestChain).reverse()) {
    chain.unshift(question);
    if (namesItsSubject(question)) break;
  }
  return chain.join(' ');
}
