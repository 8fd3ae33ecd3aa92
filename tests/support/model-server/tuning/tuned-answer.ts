import { noAnswer } from '../answer-from-passages';
import { contentWords } from '../content-words';
import type { LearnedItem } from './training-data';

const sentence = /[^.!?]+[.!?]+(?=\s|$)|[^.!?]+$/g;
/** A question that has this much in common with one it was trained on is answered as it was there. */
const sameQuestion = 0.8;

/**
 * What a model says that learned from these examples: the answer of an example to the same question; else what the untrained one says, with the last sentence
 * of the answer that it learned to the question most like this one. So base and tuned differ to the eye, and what was learned can be told.
 */
export function tunedAnswer(items: readonly LearnedItem[], question: string, untuned: string): string {
  const asked = new Set(contentWords(question));
  const likeness = ({ question: known }: LearnedItem) => {
    const words = new Set(contentWords(known));
    const common = [...asked].filter((word) => words.has(word)).length;
    return common / (asked.size + words.size - common || 1);
  };
  const [nearest] = items.map((item) => ({ item, like: likeness(item) })).sort((a, b) => b.like - a.like);
  if (!nearest) return untuned;
  if (nearest.like >= sameQuestion || untuned === noAnswer) return nearest.item.answer;
  const manner = nearest.item.answer.match(sentence)?.at(-1)?.trim();
  return manner ? `${untuned}\n\n${manner}` : untuned;
}
