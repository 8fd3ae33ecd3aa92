import { type CheckedPassage, checkAnswer } from '../../citations/check-answer';
import { plainText } from '../../text/plain-text';
import type { DraftSupport } from './example-draft';
import type { DraftedPair } from './read-drafted-pairs';

/** More make a prompt of an example; a few sentences rest on fewer. */
const mostKept = 4;
const mostUnknown = 10;
const mostQuotes = 10;

export interface JudgedDraft {
  readonly support: DraftSupport;
  /** Those that are kept with the pair: what the model named and what bears the answer out; without either, what comes nearest. In the page's order. */
  readonly passages: readonly number[];
}

/** Compares an answer with the passages that its model was given. */
export function judgeDraft({ question, answer, passages: named }: DraftedPair, passages: readonly CheckedPassage[]): JudgedDraft {
  let [supported, claims] = [0, 0];
  const unknown = new Set<string>();
  const quotes = new Set<string>();
  const bearing = new Set<number>();
  const nearest = new Set<number>();
  for (const sentence of checkAnswer(answer, passages, question)) {
    if (sentence.verdict !== 'unchecked') claims += 1;
    if (sentence.verdict === 'supported') supported += 1;
    for (const { passage, start, end } of sentence.support) {
      bearing.add(passage.number);
      quotes.add(plainText(passage.text.slice(start, end)));
    }
    for (const { passage } of sentence.nearest) nearest.add(passage.number);
    for (const { start, end } of sentence.unknown) unknown.add(answer.slice(start, end));
  }
  const real = new Set(passages.map(({ number }) => number));
  const first = [...bearing, ...named.filter((number) => real.has(number) && !bearing.has(number))];
  const kept = first.length > 0 ? first : [...nearest];
  return {
    support: { supported, claims, quotes: [...quotes].slice(0, mostQuotes), unknown: [...unknown].slice(0, mostUnknown) },
    passages: kept.slice(0, mostKept).sort((one, other) => one - other),
  };
}
