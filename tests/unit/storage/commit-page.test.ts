import { expect, it } from 'vitest';
import { indexPassages } from '../../../src/core/index-passages';
import type { PageId } from '../../../src/core/page';
import { splitPassages } from '../../../src/core/split-passages';
import { commitPage, type PageCommit } from '../../../src/storage/index-page';
import { temporaryLibrary } from '../../support/temporary-library';

function pageOf(name: string): PageCommit {
  const text = 'The lamp of the lighthouse burns oil.';
  const url = `https://lamps.example/${name}`;
  const spans = splitPassages(text, 'en');
  const capture = { canonicalUrl: url, url, addresses: [url], title: 'Lamps', site: 'lamps.example', savedAt: 1, capturedAt: 1 };
  return {
    page: { id: name as PageId, ...capture, version: 1, passageCount: spans.length, shareRead: 1 },
    version: { pageId: name as PageId, version: 1, text, contentHash: name, capturedAt: 1 },
    spans,
    indexed: indexPassages(text, 'Lamps', spans, 'en'),
  };
}

it('waits until a page is on the disk, unless what it is made of lies there and it can be done again', async () => {
  const library = await temporaryLibrary();
  const asked: string[] = [];
  for (const commit of [pageOf('restored'), { ...pageOf('ingested'), canBeDoneAgain: true as const }]) {
    await commitPage(library, commit, async (transaction) => {
      asked.push(transaction.durability);
      return true;
    });
  }
  expect(asked).toEqual(['strict', 'relaxed']);
  expect((await library.getAllKeys('pages')).toSorted()).toEqual(['ingested', 'restored']);
});
