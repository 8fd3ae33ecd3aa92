import { describe, expect, it } from 'vitest';
import { SyntheticLibrary } from '../../../scripts/bench/synthetic-library';

const dimensions = 384;

const cosine = (one: Float32Array, other: Float32Array) => one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a synthetic library', () => {
  it('is the same each time, and each page is the same whatever was made before', () => {
    const made = [...new SyntheticLibrary(dimensions).pages(200)];
    const alone = new SyntheticLibrary(dimensions).page(made.length - 2);
    expect(made.at(-2)).toEqual(alone);
  });

  it('has exactly as many passages as were asked for, each with a vector of length 1', () => {
    const pages = [...new SyntheticLibrary(dimensions).pages(333)];
    expect(pages.reduce((sum, { spans }) => sum + spans.length, 0)).toBe(333);
    for (const { spans, vectors } of pages) {
      expect(vectors).toHaveLength(spans.length);
      for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  it('gains new words as it grows, ever more slowly', () => {
    const words = [...new SyntheticLibrary(1).pages(3_000)].flatMap(({ markdown }) => markdown.toLowerCase().match(/[a-z]+/g) ?? []);
    const vocabulary = (count: number) => new Set(words.slice(0, count)).size;
    const [tenth, whole] = [vocabulary(words.length / 10), vocabulary(words.length)];
    // By Heaps' law with exponents that real text has, ten times the text has 2.5 to 5 times the words.
    expect(whole / tenth).toBeGreaterThan(2.5);
    expect(whole / tenth).toBeLessThan(5);
  });

  it('has passages that are nearer to their page than to others', () => {
    const pages = [...new SyntheticLibrary(dimensions).pages(400)];
    const within = pages.map(({ vectors: [one, other] }) => (one && other ? cosine(one, other) : 0));
    const across = pages.slice(1).map(({ vectors: [one] }, place) => cosine(one as Float32Array, pages[place]?.vectors[0] as Float32Array));
    expect(mean(within)).toBeGreaterThan(mean(across) + 0.2);
  });

  it('answers its questions: one of its passages is much nearer than most', () => {
    const library = new SyntheticLibrary(dimensions);
    const vectors = [...library.pages(1_000)].flatMap((page) => page.vectors);
    for (let number = 0; number < 10; number++) {
      const { vector: asked } = library.question(number, 1_000);
      const cosines = vectors.map((vector) => cosine(vector, asked));
      expect(Math.max(...cosines)).toBeGreaterThan(mean(cosines) + 0.3);
    }
  });
});
