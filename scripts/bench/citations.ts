import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswer } from '../../src/core/citations/check-answer';
import { percentile, rounded } from './timing';

const passagesPerAnswer = 8;
const sentencesPerAnswer = 20;
const runs = 100;

interface Item {
  readonly passages: readonly { readonly id: string; readonly text: string }[];
  readonly answer: string;
}

/**
 * How long it takes to check an answer of twenty sentences against eight passages, first and when the code is warm: processor time, in Node.
 * @param data a folder with items.jsonl, as `npm run -s eval -- citation-set` makes it
 */
export function runCitationsBench(data: string): void {
  const items = readFileSync(join(data, 'items.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Item);
  const times = Array.from({ length: runs }, (_, run) => {
    const some = Array.from({ length: 5 }, (__, index) => items[(run * 5 + index) % items.length]).flatMap((item) => item ?? []);
    const texts = [...new Set(some.flatMap(({ passages }) => passages.map(({ text }) => text)))].slice(0, passagesPerAnswer);
    const answer = some
      .map((item) => item.answer)
      .join(' ')
      .match(/[^.]+\. ?/g)
      ?.slice(0, sentencesPerAnswer)
      .join('');
    const before = process.cpuUsage();
    for (const _check of checkAnswer(
      answer ?? '',
      texts.map((text, index) => ({ number: index + 1, text })),
    ));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  const warm = times.slice(runs / 5);
  console.log(
    JSON.stringify({ firstMs: rounded(times[0] ?? 0), medianMs: rounded(percentile(warm, 0.5)), p95Ms: rounded(percentile(warm, 0.95)) }),
  );
}
