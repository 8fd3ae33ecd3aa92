import { closeSync, openSync, writeSync } from 'node:fs';
import { seededShares, seedOf } from './seeded-random';
import { rankOfWord, spellWord } from './synthetic-words';

export type SyntheticForm = 'csv' | 'jsonl';

/** So many examples differ from an earlier one in a single word, so that what finds them is kept busy. */
export const examplesPerNearDuplicate = 500;
const rowsAWrite = 1_000;
/** Of all examples together: as many words as a large set of questions and answers has. */
const vocabulary = 60_000;

/** Writes so many examples of some 880 bytes each as a table or as JSON lines, the same ones each time. Every seventh has line breaks and quotation marks. */
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
  if (isNearDuplicate) words.splice(60, 1, 'another');
  const question = `${words.slice(0, 16).join(' ')}?`;
  const answer = words.slice(16).join(' ');
  const tag = `subject ${number % 40}`;
  if (number % 7 > 0) return { question, answer, tag };
  return { question, answer: `${answer.slice(0, 300)}\n\n“${answer.slice(300, 400)}” and "${answer.slice(400)}"\n`, tag };
}

function synthesise(number: number): string[] {
  const random = seededShares(seedOf(number, 11));
  return Array.from({ length: 150 }, () => spellWord(1 + (rankOfWord(random()) % vocabulary)));
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
