import { expect, it } from 'vitest';
import { CompiledScans, newScans } from '../../../../src/core/search/compiled-scans';
import { signQuery } from '../../../../src/core/vectors/sign-query';
import { bytesOfPlace, SignsMemory } from '../../../../src/core/vectors/signs-memory';
import { gaussians } from '../../../support/vectors';

const words = 3;
const random = gaussians(5);

function someSigns(count: number) {
  const bits = new Int32Array(random(count * words).buffer.slice(0));
  return { dimensions: words * 32, count, words, bits, factors: random(count), offsets: random(count) };
}

it('lays signs down as long as there is room, and scans them there as anywhere', () => {
  const all = [someSigns(9), someSigns(1), someSigns(30)];
  const bytes = CompiledScans.libraryAt + all.reduce((sum, signs) => sum + bytesOfPlace(signs), 0);
  // There is room for whole pages, so the last of these have none for sure.
  const memory = new SignsMemory(newScans(bytes) as CompiledScans);
  const [query, centre] = [random(words * 32), random(words * 32)];
  const scoresOf = (signs: (typeof all)[number]) => {
    const scores = new Float32Array(signs.count + 1);
    signQuery(query, centre, words).scan(signs, scores, 1);
    return scores;
  };
  const expected = all.map(scoresOf);
  const laid = all.map((signs) => memory.lay(signs));
  laid.forEach((signs, which) => {
    if (!signs) throw new Error('There was no room.');
    expect(memory.holds(signs)).toBe(true);
    expect(scoresOf(signs)).toEqual(expected[which]);
    expect(signs.bits).toEqual(all[which]?.bits);
  });
  expect(memory.holds(all[0] as (typeof all)[number])).toBe(false);
  expect(memory.lay(someSigns(100_000))).toBeUndefined();
});
