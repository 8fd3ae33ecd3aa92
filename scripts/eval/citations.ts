import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswer } from '../../src/core/citations/check-answer';
import { keepKnownMarks } from '../../src/core/conversation/citation-marks';
import { type GoldLine, measureCitations, type SupportLine } from './citation-measures';

export interface CitationEvalOptions {
  /** A folder with items.jsonl {id, passages [{id, text}], answer} and perhaps gold.jsonl (see `GoldLine`). */
  readonly data: string;
  /** Gets a line for each item; see `SupportLine`. */
  readonly out: string;
}

interface Item {
  readonly id: string;
  readonly passages: readonly { readonly id: string; readonly text: string }[];
  readonly answer: string;
}

/** Has the checker that ships find what bears out each sentence of given answers, without a model, and prints the figures as one JSON line. */
export function runCitationEval({ data, out }: CitationEvalOptions): void {
  const items = readLines<Item>(join(data, 'items.jsonl'));
  const startedAt = performance.now();
  const times: number[] = [];
  let claims = 0;
  const lines = items.map((item): SupportLine => {
    const began = performance.now();
    const checks = [
      ...checkAnswer(
        item.answer,
        item.passages.map(({ text }, index) => ({ number: index + 1, text })),
      ),
    ];
    times.push(performance.now() - began);
    claims += checks.length;
    const support = checks.flatMap((check) =>
      check.support.map(({ passage, start, end }) => ({
        answerSentence: keepKnownMarks(item.answer.slice(check.start, check.end), new Set()).trim(),
        passage: item.passages[passage.number - 1]?.id ?? '',
        quote: passage.text.slice(start, end),
      })),
    );
    return { id: item.id, support };
  });
  const seconds = round((performance.now() - startedAt) / 1_000);
  writeFileSync(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

  const goldFile = join(data, 'gold.jsonl');
  if (existsSync(goldFile)) {
    const gold = readLines<GoldLine>(goldFile);
    for (const isHeldOut of [false, true]) {
      const part = gold.filter((line) => line.isHeldOut === isHeldOut);
      if (part.length > 0)
        console.log(JSON.stringify({ part: isHeldOut ? 'held out' : 'seen', items: part.length, ...measureCitations(lines, part) }));
    }
  }
  times.sort((one, other) => one - other);
  console.log(
    JSON.stringify({
      seconds,
      items: items.length,
      claims,
      supported: new Set(lines.flatMap(({ id, support }) => support.map(({ answerSentence }) => `${id} ${answerSentence}`))).size,
      quotes: lines.reduce((sum, { support }) => sum + support.length, 0),
      medianMs: round(times[times.length >> 1] ?? 0),
      slowestMs: round(times.at(-1) ?? 0),
    }),
  );
}

function readLines<Line>(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
