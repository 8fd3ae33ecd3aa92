import { describe, expect, test } from 'vitest';
import { findLoop } from '../../../../src/core/conversation/find-loop';

const good = 'The great lens was lit for the last time on 3 March 1974. ';

describe('A text that goes round in a loop', () => {
  test.each(['The lamp was lit. ', 'ha', '\n- And the keeper went home, for it was late.', '光が灯った。', '🙂 '])(
    'of %j is cut after the first copy',
    (unit) => {
      const text = good + unit.repeat(1_500 / unit.length + 4);
      const end = findLoop(text) ?? 0;
      expect(text.slice(0, end).trimEnd()).toBe((good + unit).trimEnd());
    },
  );

  test('is told though its numbers count on', () => {
    const rows = Array.from({ length: 60 }, (_, index) => `${index + 1}. The lamp was lit and put out again.\n`);
    const end = findLoop(good + rows.join('')) ?? 0;
    expect(end).toBeGreaterThan(good.length);
    expect(end).toBeLessThan(good.length + 120);
  });

  test('is told however long ago it began', () => {
    const text = good + 'The lamp was lit again by the keeper. '.repeat(1_000);
    expect(text.slice(0, findLoop(text))).toBe(`${good}The lamp was lit again by the keeper.`);
  });
});

describe('No loop is', () => {
  const sentences = Array.from(
    { length: 80 },
    (_, index) => `Keeper ${(index * 48_271).toString(36)} lit lamp ${index} at ${index % 24} o’clock. `,
  );
  test.each([
    ['a long text', sentences.join('')],
    ['a line under a heading', `${good}\n${'-'.repeat(200)}`],
    [
      'a table of figures',
      `| a | b |\n|---|---|\n${Array.from({ length: 100 }, (_, index) => `| ${index * 37} | ${index * 91} |\n`).join('')}`,
    ],
    ['a song with a refrain', `${sentences.slice(0, 4).join('')}\nOh, the light, the light!\n`.repeat(3)],
    ['a lot of one letter, short of a loop', `${good}${'a'.repeat(500)}`],
  ])('%s', (_, text) => expect(findLoop(text)).toBeUndefined());
});
