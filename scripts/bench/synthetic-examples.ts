import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { seededShares, seedOf } from './seeded-random';
import { rankOfWord, spellWord } from './synthetic-words';

export type SyntheticForm = 'csv' | 'jsonl';

/** So many examples differ from an earlier one in a single word, so that what finds them is kept busy. */
export const examplesPerNearDuplicate = 500;
const rowsAWrite = 1_000;
/** One word in so many is a name that hardly comes again. */
const wordsPerName = 50;
/** English words, the most frequent first: those of our own documents. What words are made up of letters at random, no tokenizer knows. */
const vocabulary = commonWords('docs');

/** Writes so many examples of some 900 bytes each as a table or as JSON lines, the same ones each time. Every seventh has line breaks and quotation marks. */
export function writeSyntheticExamples(path: string, count: number, form: SyntheticForm): void {
  const file = openSync(path, 'w');
  try {
    if (form === 'csv') writeSync(file, 'question,answer,tags\n');
    for (let from = 0; from < count; from += rowsAWrite) {
      const rows = Array.from({ length: Math.min(rowsAWrite, count - from) }, (_, index) => syntheticExample(from + index));
      writeSync(file, rows.map(form === 'csv' ? csvRow : jsonLine).join(''));
    }
  } finally {
    closeSync(file);
  }
}

interface SyntheticExample {
  readonly question: string;
  readonly answer: string;
  readonly tag: string;
}

function syntheticExample(number: number): SyntheticExample {
  const isNearDuplicate = number % examplesPerNearDuplicate === examplesPerNearDuplicate - 1;
  const words = synthesise(isNearDuplicate ? number - 1 : number);
  if (isNearDuplicate) words.splice(5, 1, 'another');
  const question = `${words.slice(0, 16).join(' ')}?`;
  const answer = words.slice(16).join(' ');
  const tag = `subject ${number % 40}`;
  if (number % 7 > 0) return { question, answer, tag };
  return { question, answer: `${answer.slice(0, 300)}\n\n“${answer.slice(300, 400)}” and "${answer.slice(400)}"\n`, tag };
}

function synthesise(number: number): string[] {
  const random = seededShares(seedOf(number, 11));
  return Array.from({ length: 150 }, (_, place) => {
    const rank = rankOfWord(random());
    return place % wordsPerName === 0 ? spellWord(rank + 10_000) : (vocabulary[rank % vocabulary.length] ?? '');
  });
}

function commonWords(folder: string): string[] {
  const counts = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
    for (const [word] of readFileSync(join(folder, file), 'utf8')
      .toLowerCase()
      .matchAll(/[a-z]{2,}/g))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1)).map(([word]) => word);
}

function csvRow({ question, answer, tag }: SyntheticExample): string {
  return `${[question, answer, tag].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}

function jsonLine({ question, answer }: SyntheticExample): string {
  const messages = [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ];
  return `${JSON.stringify({ messages })}\n`;
}
