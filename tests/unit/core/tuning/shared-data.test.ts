import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import o200kBase from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../../src/core/tuning/check/check-file';
import { pieceTokenCounter } from '../../../../src/models/piece-token-counter';

const folder = fileURLToPath(new URL('../../../../../shared/data/tuning/', import.meta.url));
const countTokens = pieceTokenCounter(o200kBase);
const check = (name: string) =>
  checkFile(createReadStream(`${folder}${name}`, { encoding: 'utf8' }) as AsyncIterable<string>, { countTokens });
const found = ({ result }: Awaited<ReturnType<typeof check>>) => result.problems.map(({ line, code }) => [line, code]);

describe.skipIf(!existsSync(folder))('sets that others published (../shared/data/tuning, where it is there)', () => {
  it('has the flaws of a chat set found: no user turn, an answer without end, system prompts in part', async () => {
    const checked = await check('toy_chat_fine_tuning.jsonl');
    expect(checked.form).toBe('openai-chat');
    expect(checked.result.examples).toBe(5);
    expect(found(checked)).toEqual([
      [4, 'no-user-turn'],
      [5, 'repeats-itself'],
      [5, 'over-long'],
      [undefined, 'too-few'],
      [undefined, 'mixed-system-prompts'],
      [undefined, 'no-denials'],
    ]);
  });

  it('has arguments found that were put into JSON twice', async () => {
    const checked = await check('drone_training.first3.excerpt.jsonl');
    expect(found(checked).filter(([line]) => line !== undefined)).toEqual([[3, 'tool-arguments']]);
    expect(checked.result.problems[0]?.mend).toEqual({ kind: 'unwrap-arguments' });
  });

  it('has 600 rows of several lines each read, with what was never filled in and what contradicts itself', async () => {
    const { form, result } = await check('customer-support.csv');
    expect([form, result.examples, result.level]).toEqual(['table', 600, 'expert']);
    expect(Object.fromEntries(result.counts)).toEqual({ placeholder: 367, contradiction: 4, 'no-validation': 1 });
  });
});
