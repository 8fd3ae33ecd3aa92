import { describe, expect, test } from 'vitest';
import { bounded } from '../../../src/models/fetch-bounded';

async function readThrough(pieces: readonly string[], mostAll: number, mostLine: number): Promise<string> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  return new Response(bounded(body, mostAll, mostLine)).text();
}

describe('A body', () => {
  test('comes through as it is within its limits', async () => {
    expect(await readThrough(['ab\ncd', 'ef\n', 'gh'], 10, 4)).toBe('ab\ncdef\ngh');
  });

  test.each([
    ['all of it', ['ab\n', 'cd\n', 'ef\n', 'gh\n'], 10, 5],
    ['one line', ['ab\ncd', 'ef', 'gh'], 100, 5],
  ])('ends in words when %s is too long', async (_, pieces, mostAll, mostLine) => {
    await expect(readThrough(pieces, mostAll, mostLine)).rejects.toMatchObject({ problem: { code: 'model-answer-too-long' } });
  });
});
