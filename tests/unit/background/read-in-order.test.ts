import { describe, expect, it } from 'vitest';
import { readInOrder } from '../../../src/background/answer/read-in-order';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

const paragraphs = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index}. ${'The keeper wrote in his book of lamps. '.repeat(12)}`).join('\n\n');

async function libraryOf(pages: Readonly<Record<string, number>>) {
  const library = await temporaryLibrary();
  for (const [name, count] of Object.entries(pages)) await addPage(library, name, { text: paragraphs(name, count) });
  return library;
}

const goesOn = () => new AbortController().signal;

describe('Reading a scope in its order', () => {
  it('takes a fair share of each page, from its beginning', async () => {
    const library = await libraryOf({ short: 1, long: 60, longer: 90 });
    const { passages, pages } = await readInOrder(library, [], {}, 3_000, goesOn());
    expect(pages).toBe(3);
    const readOf = (name: string) => passages.filter(({ best }) => best.pageId === name);
    const lengthOf = (name: string) => readOf(name).reduce((sum, { start, end }) => sum + end - start, 0);
    expect(lengthOf('short')).toBe(paragraphs('short', 1).length);
    expect(lengthOf('long')).toBeGreaterThan(lengthOf('short'));
    expect(Math.abs(lengthOf('long') - lengthOf('longer'))).toBeLessThan(200);
    for (const name of ['short', 'long', 'longer']) expect(readOf(name)[0]?.start).toBe(0);
    for (const { best } of passages) expect(best.pageVersion.text.slice(best.start, best.end)).toMatch(/lamps\.\s*$/);
  });

  it('holds no more of a page than it gives of it', async () => {
    const library = await libraryOf({ one: 200, two: 200, three: 200 });
    const { passages } = await readInOrder(library, [], {}, 2_000, goesOn());
    const versions = new Set(passages.map(({ best }) => best.pageVersion));
    const given = passages.reduce((sum, { start, end }) => sum + end - start, 0);
    const held = [...versions].reduce((sum, { text }) => sum + text.length, 0);
    expect(versions.size).toBe(3);
    expect(held).toBeLessThan(given + 100);
  });

  it('ends when nobody waits for it any more', async () => {
    const library = await libraryOf({ one: 2 });
    await expect(readInOrder(library, [], {}, 2_000, AbortSignal.abort())).rejects.toThrow();
  });
});
