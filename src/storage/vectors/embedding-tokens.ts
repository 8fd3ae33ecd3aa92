import type { PageId } from '../../core/pages/page';
import { ownTitleOf } from '../../core/pages/page-titles';
import { embeddingTextVersion } from '../../core/vectors/embedding-text';
import type { IndexedPage, Library, StoredPage } from '../schema';

/** What the passages of a page come to as they are sent to an embedding model. */
export interface CountedPage {
  readonly page: StoredPage;
  readonly indexed: IndexedPage;
  readonly tokens: number;
}

/** What was counted of a page as it is now; `undefined` when it is not counted yet, or was under another title, which each passage is sent with. */
export function countedTokens(page: StoredPage, { embeddingTokens: counted }: IndexedPage): number | undefined {
  return counted?.title === ownTitleOf(page) && counted.textVersion === embeddingTextVersion ? counted.tokens : undefined;
}

/** Keeps what was counted, of those pages that have not changed meanwhile. A page that is indexed anew has a new record, without it. */
export async function keepCountedTokens(library: Library, counted: readonly CountedPage[]): Promise<void> {
  const { store, done } = library.transaction('indexedPages', 'readwrite');
  await Promise.all(
    counted.map(async ({ page, indexed, tokens }) => {
      const current = await store.get(page.id);
      if (current?.firstPassageId !== indexed.firstPassageId) return;
      await store.put({ ...current, embeddingTokens: { title: ownTitleOf(page), tokens, textVersion: embeddingTextVersion } });
    }),
  );
  await done;
}

export async function readIndexedPages(library: Library): Promise<ReadonlyMap<PageId, IndexedPage>> {
  return new Map((await library.getAll('indexedPages')).map((indexed) => [indexed.pageId, indexed]));
}
