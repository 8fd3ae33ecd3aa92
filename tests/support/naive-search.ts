import { analyzeText } from '../../src/core/lexical/analyze-text';
import { questionEmphases } from '../../src/core/lexical/question-words';
import { splitPassages } from '../../src/core/pages/split-passages';
import { segmentWords } from '../../src/core/text/segment-words';

/** A page as the naive search sees it. */
export interface NaivePage {
  readonly title: string;
  readonly text: string;
}

interface NaivePassage {
  readonly key: string;
  readonly body: readonly string[];
  readonly frequencies: ReadonlyMap<string, number>;
}

/**
 * Ranks passages the plain way, from the texts alone, by the formulas as docs/search.md gives them: every word of the question against every term of
 * every passage, strings compared with strings.
 * @returns the score of each passage that any word is found in, by `page:start`
 */
export function naiveScores(pages: ReadonlyMap<string, NaivePage>, question: string): Map<string, number> {
  const passages = [...pages].flatMap(([id, page]) => passagesOf(id, page));
  const average = passages.reduce((sum, { body }) => sum + Math.max(1, body.length), 0) / passages.length;
  const vocabulary = new Map<string, number>();
  for (const { frequencies } of passages) for (const term of frequencies.keys()) vocabulary.set(term, (vocabulary.get(term) ?? 0) + 1);
  const rarity = (having: number) => {
    const n = Math.min(passages.length, having);
    return Math.log(1 + (passages.length - n + 0.5) / (n + 0.5));
  };
  const saturate = (frequency: number, length: number) => (frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * length) / average));

  const scores = new Map<string, number>();
  const asked = segmentWords(question);
  const emphases = questionEmphases(asked, ['en']);
  for (const word of new Set(analyzeText(question))) {
    const emphasis = emphases[asked.findIndex((one) => analyzeText(one).includes(word))] ?? 1;
    const weights = new Map<string, number>();
    for (const gram of gramsOf(word)) {
      const having = [...vocabulary].filter(([term]) => gramsOf(term).includes(gram)).reduce((sum, [, count]) => sum + count, 0);
      weights.set(gram, rarity(having));
    }
    const gramWeight = gramsOf(word).reduce((sum, gram) => sum + (weights.get(gram) ?? 0), 0);
    const likeness = new Map<string, number>();
    for (const term of vocabulary.keys()) {
      const shared = gramsOf(word).filter((gram) => gramsOf(term).includes(gram));
      const similarity = shared.reduce((sum, gram) => sum + (weights.get(gram) ?? 0), 0) / gramWeight;
      if (term === word) likeness.set(term, 1);
      else if (similarity >= 0.2 && (shared.length > 1 || gramsOf(word).length < 5)) likeness.set(term, similarity);
    }
    const misspelled = vocabulary.has(word) || word.length < 4 ? [] : [...vocabulary.keys()].filter((term) => isMisspelling(word, term));
    for (const term of misspelled) likeness.set(term, 0.8);
    const words = misspelled.length > 0 ? misspelled : [word];
    const holding = passages.filter(({ frequencies }) => words.some((form) => frequencies.has(form))).length;
    for (const { key, body, frequencies } of passages) {
      const alike = [...likeness].reduce((sum, [term, similarity]) => sum + similarity * (frequencies.get(term) ?? 0), 0);
      if (alike === 0) continue;
      const length = Math.max(1, body.length);
      const exact = words.reduce((sum, form) => sum + (likeness.get(form) ?? 0) * (frequencies.get(form) ?? 0), 0);
      const added = rarity(holding) * saturate(exact, length) + 0.15 * gramWeight * saturate(alike, length);
      scores.set(key, (scores.get(key) ?? 0) + emphasis * added);
    }
  }
  return scores;
}

function passagesOf(id: string, { title, text }: NaivePage): NaivePassage[] {
  return splitPassages(text).map((span) => {
    const body = analyzeText(text.slice(span.start, span.end));
    const frequencies = new Map<string, number>();
    const count = (terms: readonly string[], weight: number) => {
      for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
    };
    count(body, 1);
    count(analyzeText(span.headingPath.join(' ')), 0.8);
    count(analyzeText(title), 1.2);
    return { key: `${id}:${span.start}`, body, frequencies };
  });
}

/** Each once: four letters, the edges included; of dense scripts two or three, without, and each Chinese character and Korean syllable too. */
function gramsOf(word: string): string[] {
  const isSpelled = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(word);
  const isDense = isSpelled || /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word);
  const edged = isDense ? word : ` ${word} `;
  const size = isSpelled ? 3 : isDense ? 2 : 4;
  const grams = Array.from({ length: Math.max(1, edged.length - size + 1) }, (_, at) => edged.slice(at, at + size));
  const alone = isDense ? [...word].filter((letter) => /[\p{Script=Han}\p{Script=Hangul}]/u.test(letter)) : [];
  return [...new Set([...grams, ...alone])];
}

/** By trying all edits: one, and of longer words two. */
function isMisspelling(word: string, term: string): boolean {
  if (word[0] !== term[0]) return false;
  let reached = new Set([word]);
  for (let edits = word.length >= 8 ? 2 : 1; edits > 0; edits--) {
    reached = new Set([...reached].flatMap((form) => [form, ...oneEdit(form, new Set(term))]));
  }
  return reached.has(term);
}

function oneEdit(word: string, letters: ReadonlySet<string>): string[] {
  const places = Array.from({ length: word.length + 1 }, (_, place) => [word.slice(0, place), word.slice(place)] as const);
  return places.flatMap(([before, after]) => [
    before + after.slice(1),
    before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2),
    ...[...letters].flatMap((letter) => [before + letter + after, before + letter + after.slice(1)]),
  ]);
}
