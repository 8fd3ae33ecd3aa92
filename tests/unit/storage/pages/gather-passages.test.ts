import { expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { openLibrary } from '../../../../src/storage/open-library';
import { deletePage } from '../../../../src/storage/pages/index-page';
import { readPassages } from '../../../../src/storage/pages/pages';
import type { Library } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { earlierLibrary } from '../../../support/first-library';
import { storedPassages } from '../../../support/stored-passages';
import { temporaryLibrary } from '../../../support/temporary-library';

const paragraph = (word: string) => `${'The lamp burns. '.repeat(70)}${word}.`;
const pages = {
  long: Array.from({ length: 150 }, (_, part) => `## Part ${part}\n\n${paragraph(`beacon${part}`)}`).join('\n\n'),
  code: ['# Lamps', `\`\`\`\n${'lamp.trim(wick);\n'.repeat(300)}\`\`\``, paragraph('keeper')].join('\n\n'),
  empty: '',
  plain: paragraph('harbour'),
};

/** A library as version 2 left it: each passage a record of its own, and segments that had levels. */
async function openUpgraded(before: Library): Promise<Library> {
  await earlierLibrary(2, async (second) => {
    for (const store of before.objectStoreNames) {
      if (store === 'passageRuns') continue;
      const [keys, values] = [await before.getAllKeys(store), await before.getAll(store)];
      const hasKeyWithin = before.transaction(store).store.keyPath !== null;
      for (const [index, value] of values.entries()) {
        const put = store === 'segments' ? { ...value, level: 0 } : value;
        await second.put(store, put, hasKeyWithin ? undefined : keys[index]);
      }
    }
    for (const { id, pageId, version, start, end, headingPath, startsInCode } of await storedPassages(before)) {
      const place = [pageId, version, start, end] as const;
      const headings = headingPath.length > 0 ? [...place, headingPath] : place;
      await second.put('passages', startsInCode ? [...place, headingPath, true] : headings, id);
    }
  });
  return openLibrary();
}

it('a library of the second version keeps its passages as they were, finds the same, and can still delete a page', async () => {
  const before = await temporaryLibrary();
  for (const [name, text] of Object.entries(pages)) await addPage(before, name, { text });
  await deletePage(before, 'plain' as PageId);
  await addPage(before, 'plain', { text: pages.plain, version: 2 });
  const passages = await storedPassages(before);
  expect(passages.some(({ startsInCode }) => startsInCode)).toBe(true);
  const search = (library: Library, text: string) => librarySearcher(async () => library).search({ text, limit: 20 });
  const findings = async (library: Library) => [await search(library, 'lamp beacon131'), await search(library, 'harbour "trim(wick)"')];
  const found = await findings(before);

  const library = await openUpgraded(before);
  expect([...library.objectStoreNames]).not.toContain('passages');
  expect(await storedPassages(library)).toEqual(passages);
  for (const name of Object.keys(pages)) {
    expect(await readPassages(library, name as PageId)).toEqual(passages.filter(({ pageId }) => pageId === name));
  }
  expect(await findings(library)).toEqual(found);

  await deletePage(library, 'long' as PageId);
  await mergeSegments(library);
  expect(await storedPassages(library)).toEqual(passages.filter(({ pageId }) => pageId !== 'long'));
  expect((await search(library, 'lamp')).passages.map(({ pageId }) => pageId)).not.toContain('long');
});
