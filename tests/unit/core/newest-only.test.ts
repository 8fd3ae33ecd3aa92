import { expect, it } from 'vitest';
import { newestOnly } from '../../../src/core/newest-only';

function setUp() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = newestOnly(async (input: string) => {
    begun.push(input);
    await new Promise<void>((resolve) => ends.push(resolve));
  });
  return { begun, ask, endFirst: () => ends.shift()?.() };
}

it('does one thing at a time, and of what is asked for meanwhile only the newest', async () => {
  const { begun, ask, endFirst } = setUp();
  const all = [ask('l'), ask('la'), ask('lam'), ask('lamp')];
  expect(begun).toEqual(['l']);
  endFirst();
  await expect.poll(() => begun).toEqual(['l', 'lamp']);
  endFirst();
  await Promise.all(all);
  expect(begun).toEqual(['l', 'lamp']);
});

it('goes on after work that failed', async () => {
  const done: string[] = [];
  const ask = newestOnly(async (input: string) => {
    if (input === 'bad') throw new Error('No.');
    done.push(input);
  });
  await expect(ask('bad')).rejects.toThrow('No.');
  await ask('good');
  expect(done).toEqual(['good']);
});

it('does what was asked for meanwhile though the work before it failed', async () => {
  const done: string[] = [];
  const ask = newestOnly(async (input: string) => {
    await Promise.resolve();
    if (input === 'bad') throw new Error('No.');
    done.push(input);
  });
  const all = await Promise.allSettled([ask('bad'), ask('overtaken'), ask('newest')]);
  expect(done).toEqual(['newest']);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
