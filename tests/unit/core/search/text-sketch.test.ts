import { describe, expect, it } from 'vitest';
import { seededShares } from '../../../../scripts/bench/seeded-random';
import { saysTheSame, sketchOf, shapeOf as titledShapeOf } from '../../../../src/core/search/text-sketch';

const shapeOf = (markdown: string, title = '') => titledShapeOf(markdown, title);

const words = Array.from(
  { length: 900 },
  (_, index) => `word${String.fromCharCode(97 + (index % 26))}${'abcdefgh'[index % 8]}${index % 7 === 0 ? 'the' : ''}`,
);

/** A text of so many words, of which every n-th is another one. */
function text(count: number, seed: number, changedEvery = 0): string {
  const random = seededShares(seed);
  return Array.from({ length: count }, (_, at) => {
    const word = words[Math.floor(random() * words.length)] ?? '';
    return changedEvery > 0 && at % changedEvery === changedEvery - 1 ? 'otherwise' : word;
  }).join(' ');
}

const shareKeys = (one: string, other: string) => {
  const [left, right] = [sketchOf(shapeOf(one)), sketchOf(shapeOf(other))];
  return left?.some((key) => right?.includes(key)) ?? false;
};

describe('texts that say the same', () => {
  it('are those of which at most about one word in eighty differs', () => {
    expect(saysTheSame(shapeOf(text(800, 1)), shapeOf(text(800, 1, 100)))).toBe(true);
    expect(saysTheSame(shapeOf(text(800, 1)), shapeOf(text(800, 1, 40)))).toBe(false);
    expect(saysTheSame(shapeOf(text(800, 1)), shapeOf(text(800, 2)))).toBe(false);
  });

  it('may differ in marks, links and case', () => {
    const plain = text(300, 3);
    expect(
      saysTheSame(shapeOf(plain), shapeOf(`**${plain.replace(' ', '** [').replace(' ', '](https://elsewhere.example/) ').toUpperCase()}`)),
    ).toBe(true);
  });

  it('do not when the one goes on where the other ends', () => {
    expect(saysTheSame(shapeOf(text(800, 4)), shapeOf(`${text(800, 4)} ${text(100, 5)}`))).toBe(false);
  });

  it('do not when a number is another one, however alike the rest is', () => {
    const report = (share: number) => `${text(800, 6)} The share was ${share} per cent.`;
    expect(saysTheSame(shapeOf(report(12)), shapeOf(report(12)))).toBe(true);
    expect(saysTheSame(shapeOf(report(12)), shapeOf(report(13)))).toBe(false);
    expect(saysTheSame(shapeOf(report(12), 'Part 3'), shapeOf(report(12), 'Part 4'))).toBe(false);
  });

  it('are not told among short ones: a sign-in page stands at many addresses', () => {
    expect(sketchOf(shapeOf(text(100, 7)))).toBeUndefined();
    expect(saysTheSame(shapeOf(text(100, 7)), shapeOf(text(100, 7)))).toBe(false);
  });

  it('are told in a script without spaces too', () => {
    const page = Array.from(
      { length: 60 },
      (_, at) => `山の村では冬になると${String.fromCodePoint(0x4e00 + at * 37)}の紙を漉きます。`,
    ).join('');
    expect(saysTheSame(shapeOf(page), shapeOf(page.replace('。', '！')))).toBe(true);
    expect(saysTheSame(shapeOf(page), shapeOf(page.slice(0, page.length / 2)))).toBe(false);
  });
});

describe('sketches', () => {
  it('of texts that say the same share a key, and those of others hardly ever do', () => {
    let [found, alike, mistaken] = [0, 0, 0];
    for (let seed = 10; seed < 210; seed++) {
      const changed = text(400, seed, 90);
      if (saysTheSame(shapeOf(text(400, seed)), shapeOf(changed))) alike += 1;
      if (shareKeys(text(400, seed), changed)) found += 1;
      if (shareKeys(text(400, seed), text(400, seed + 1_000))) mistaken += 1;
    }
    expect(alike).toBe(200);
    expect(found).toBeGreaterThanOrEqual(199);
    expect(mistaken).toBe(0);
  });
});
