import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededShares } from '../bench/seeded-random';
import type { GoldLine } from './citation-measures';
import { declareAnswer } from './declare-answer';
import { falsifications, rephrasings, type SeededRandom } from './rephrase';

export interface CitationSetOptions {
  /** A folder with corpus.jsonl {_id, title, text}, queries.jsonl {_id, text, answers, answerable} and qrels/test.tsv. */
  readonly data: string;
  /** A folder that gets items.jsonl and gold.jsonl; see `runCitationEval`. */
  readonly out: string;
}

interface Paragraph {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}

interface Query {
  readonly _id: string;
  readonly text: string;
  readonly answers: readonly string[];
  readonly answerable: boolean;
}

type GoldSentence = GoldLine['sentences'][number];

const otherPassages = 4;
const claimsPerItem = 6;
/** One paragraph in so many is held out: no constant is chosen by what it shows. */
const heldOutEvery = 3;

/**
 * Makes answers with known support from paragraphs and the questions asked about them: sentences of a paragraph as they stand or said otherwise, two in one,
 * and answers put as sentences; and such as nothing bears out: with another number or name, and from paragraphs that are not at hand. The same each time.
 */
export function writeCitationSet({ data, out }: CitationSetOptions): void {
  const paragraphs = readLines<Paragraph>(join(data, 'corpus.jsonl'));
  const queries = new Map(readLines<Query>(join(data, 'queries.jsonl')).map((query) => [query._id, query]));
  const asked = new Map<string, Query[]>();
  for (const line of readFileSync(join(data, 'qrels/test.tsv'), 'utf8').split('\n').slice(1)) {
    const [queryId = '', paragraphId = ''] = line.split('\t');
    const query = queries.get(queryId);
    if (query?.answerable) asked.set(paragraphId, [...(asked.get(paragraphId) ?? []), query]);
  }
  const random = seededShares(20_261_121);
  const lines = paragraphs.flatMap((paragraph, index) => {
    const same = paragraphs.filter((other) => other.title === paragraph.title && other !== paragraph);
    const others = shuffled(same, random).slice(0, otherPassages);
    const absent = same.filter((other) => !others.includes(other));
    const passages = shuffled([paragraph, ...others], random);
    const elsewhere = paragraphs[(index + 211) % paragraphs.length];
    const names = namesIn(elsewhere?.text ?? '').filter((name) => passages.every(({ text }) => !text.includes(name)));
    const sentences = shuffled(claimsAbout(paragraph, others, absent, asked, names, passages, random), random).slice(0, claimsPerItem);
    if (sentences.length < 2) return [];
    const item = {
      id: `about-${paragraph._id}`,
      passages: passages.map(({ _id, text }) => ({ id: _id, text })),
      answer: sentences.map(({ answerSentence }) => answerSentence).join(' '),
    };
    const gold: GoldLine = { id: item.id, isHeldOut: index % heldOutEvery === 0, sentences };
    return [{ item, gold }];
  });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'items.jsonl'), lines.map(({ item }) => `${JSON.stringify(item)}\n`).join(''));
  writeFileSync(join(out, 'gold.jsonl'), lines.map(({ gold }) => `${JSON.stringify(gold)}\n`).join(''));
  console.log(JSON.stringify({ items: lines.length, sentences: lines.reduce((sum, { gold }) => sum + gold.sentences.length, 0) }));
}

function claimsAbout(
  paragraph: Paragraph,
  others: readonly Paragraph[],
  absent: readonly Paragraph[],
  asked: ReadonlyMap<string, readonly Query[]>,
  names: readonly string[],
  passages: readonly Paragraph[],
  random: SeededRandom,
): GoldSentence[] {
  const own = plainSentences(paragraph.text);
  const pick = <Value>(values: readonly Value[]): Value | undefined => values[Math.floor(random() * values.length)];
  const claims: (GoldSentence | undefined)[] = [];
  for (const [kind, rephrase] of Object.entries(rephrasings)) {
    // Not all at once: each way of saying a sentence otherwise is tried on the first that it can be done with.
    if (kind === 'verbatim' && random() < 0.6) continue;
    for (const sentence of shuffled(own, random)) {
      const said = rephrase(sentence, random);
      if (!said) continue;
      claims.push({ answerSentence: said, kind, support: [{ passage: paragraph._id, quotes: [sentence] }] });
      break;
    }
  }
  const [one, another] = shuffled(
    own.filter(({ length }) => length < 160),
    random,
  );
  const further = pick(plainSentences(pick(others)?.text ?? '').filter(({ length }) => length < 160));
  const second = random() < 0.5 ? another : further;
  if (one && second) {
    const home = second === another ? paragraph : others.find(({ text }) => text.includes(second));
    claims.push({
      answerSentence: `${one.replace(/\.$/, '')}, and ${second.slice(0, 1).toLowerCase()}${second.slice(1)}`,
      kind: 'merged',
      support: [
        { passage: paragraph._id, quotes: [one] },
        { passage: home?._id ?? '', quotes: [second] },
      ],
    });
  }
  for (const query of shuffled(asked.get(paragraph._id) ?? [], random).slice(0, 3)) claims.push(answered(query, paragraph));
  for (const [kind, falsify] of Object.entries(falsifications)) {
    const sentence = pick(own);
    const said = sentence && falsify(sentence, random, names);
    if (said && !passages.some(({ text }) => text.includes(said))) claims.push({ answerSentence: said, kind, support: [] });
    const query = pick(asked.get(paragraph._id) ?? []);
    const declared = query && answered(query, paragraph);
    const wrong = declared && falsify(declared.answerSentence, random, names);
    if (wrong) claims.push({ answerSentence: wrong, kind: `answered with ${kind}`, support: [] });
  }
  const gone = pick(absent);
  if (gone) {
    const sentence = pick(plainSentences(gone.text));
    if (sentence) claims.push({ answerSentence: sentence, kind: 'other paragraph', support: [] });
    const query = pick(asked.get(gone._id) ?? []);
    const declared = query && answered(query, gone);
    if (declared) claims.push({ ...declared, kind: 'answered from other paragraph', support: [] });
  }
  return claims.flatMap((claim) => (claim ? [claim] : []));
}

/** The supporting sentences are those that hold the answer in the words of the paragraph; a question whose answer stands in many is left out. */
function answered(query: Query, paragraph: Paragraph): GoldSentence | undefined {
  const answer = [...query.answers].sort((one, other) => one.length - other.length)[0] ?? '';
  const holding = allSentences(paragraph.text).filter((sentence) => sentence.includes(answer));
  const declared = declareAnswer(query.text, answer);
  if (holding.length === 0 || holding.length > 2 || !declared || /[.?!]\s/.test(declared.slice(0, -1))) return undefined;
  return { answerSentence: declared, kind: 'answered', support: [{ passage: paragraph._id, quotes: holding }] };
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Cut at full stops that end sentences beyond doubt, and by other means than those that are measured. */
function allSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = sentences.at(-1);
    if (
      last !== undefined &&
      /(?:\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Jr|Sr|No|vs|[A-Za-z]\.[a-z]|Gen|Col|Lt|Rev|Inc|Ltd|etc|c|ca)\.)\s*$/.test(last)
    )
      sentences[sentences.length - 1] = last + segment;
    else sentences.push(segment);
  }
  return sentences.map((sentence) => sentence.trim()).filter(Boolean);
}

/** Such as can stand in an answer by themselves. */
function plainSentences(text: string): string[] {
  return allSentences(text).filter(
    (sentence) =>
      sentence.length >= 40 &&
      sentence.length < 400 &&
      /^[A-Z]/.test(sentence) &&
      /[a-z)]\.$/.test(sentence) &&
      !/[?!;"“”[\]]|\.\s/.test(sentence),
  );
}

function namesIn(text: string): string[] {
  return [...new Set(text.match(/(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})*/g) ?? [])];
}

function shuffled<Value>(values: readonly Value[], random: SeededRandom): Value[] {
  return values
    .map((value) => ({ value, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

function readLines<Line>(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);
}
