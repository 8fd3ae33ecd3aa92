import MiniSearch from 'minisearch';
import { render } from 'preact';
import type { Page, PageId } from '../../src/core/pages/page';
import { makeSnippet } from '../../src/core/search/make-snippet';
import { matchFinder, readWords } from '../../src/core/text/find-matches';
import { plainText } from '../../src/core/text/plain-text';
import type { FindResult, FoundPage, WorkerRequests } from '../../src/protocol/worker-requests';
import type { Client } from '../../src/sidepanel/client';
import { mostFoundInSight } from '../../src/sidepanel/library/most-found-in-sight';
import { SavedPages } from '../../src/sidepanel/library/saved-pages';
import { createLibraryState } from '../../src/sidepanel/state/library-state';
import { openLibrary } from '../../src/storage/open-library';
import { SyntheticLibrary } from '../bench/synthetic-library';
import { commitSyntheticPage, mergePages } from './build-library';

// Runs in pages of the extension: fills the library that its worker searches, and puts the peer into the panel.

const vectorsUnused = 1;

/** Fills the extension's own library. */
export async function fillLibrary(passages: number): Promise<void> {
  const library = await openLibrary();
  const spent = { split: 0, index: 0, commit: 0, merge: 0 };
  let number = 0;
  for (const page of new SyntheticLibrary(vectorsUnused).pages(passages)) {
    await commitSyntheticPage(library, number++, page, spent, false);
    await mergePages(library, spent);
  }
  library.close();
}

interface PassageDocument {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

/**
 * What a panel does that has everything in its memory: MiniSearch over the same passages, the last word as a prefix, its best passage of each page
 * with the words marked, in rows like ours. Takes the place of our panel.
 */
export async function showPeer(passages: number): Promise<void> {
  const index = new MiniSearch<PassageDocument>({ fields: ['title', 'text'], idField: 'id' });
  const documents: PassageDocument[] = [];
  const pageOf: Page[] = [];
  for (const { title, markdown, spans } of new SyntheticLibrary(vectorsUnused).pages(passages)) {
    const page = pageNamed(title, `p${pageOf.length}`, spans.length);
    for (const { start, end } of spans) {
      pageOf.push(page);
      documents.push({ id: documents.length, title, text: plainText(markdown.slice(start, end)) });
    }
  }
  index.addAll(documents);

  const find = ({ text, limit, first = limit }: WorkerRequests['library/find']['data']): FindResult => {
    const best = new Map<PageId, number>();
    for (const { id } of index.search(text, { prefix: (_term, place, terms) => place === terms.length - 1 })) {
      const pageId = (pageOf[id] as Page).id;
      if (!best.has(pageId)) best.set(pageId, id);
      if (best.size > limit) break;
    }
    const findMatches = matchFinder(text, true);
    const found = [...best.values()].slice(0, limit);
    const pages = found.slice(0, first).map((id): FoundPage => {
      const page = pageOf[id] as Page;
      const passage = (documents[id] as PassageDocument).text;
      const snippet = makeSnippet(passage, findMatches(readWords(passage, 'en'), 'en'));
      return {
        page,
        titleHighlights: findMatches(readWords(page.title, 'en'), 'en'),
        passage: { version: 1, start: 0, end: passage.length, snippet },
      };
    });
    return { pages, ...(found.length > first ? { pagesToCome: found.length - first } : {}), hasMore: best.size > limit };
  };

  const overview = { pages: 1, inProgress: [], jobs: { working: 0, failed: 0 }, storedBytes: 0, deletions: [] };
  const send = (async (name: string, data: unknown) => {
    if (name !== 'library/find') return overview;
    const asked = data as WorkerRequests['library/find']['data'];
    const result = find(asked);
    if (asked.first !== undefined)
      (globalThis as unknown as { typing: Pick<typeof import('./typing-watch'), 'noteReply'> }).typing.noteReply();
    return result;
  }) as Client['send'];
  const library = createLibraryState({ send }, mostFoundInSight);
  await library.refresh();
  // Not the body itself: what our panel has drawn there is still known by it.
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  render(
    <main>
      <div class="library-view">
        <SavedPages
          overview={overview}
          client={{ openAddress: () => {}, openSavedCopy: () => {} }}
          library={library}
          onAsk={() => {}}
          onDraft={() => {}}
        />
      </div>
    </main>,
    root,
  );
}

function pageNamed(title: string, id: string, passageCount: number): Page {
  const url = `https://synthetic.invalid/${id}`;
  const at = Date.UTC(2026, 0);
  return {
    id: id as PageId,
    canonicalUrl: url,
    url,
    title,
    site: 'synthetic.invalid',
    language: 'en',
    savedAt: at,
    capturedAt: at,
    version: 1,
    passageCount,
    shareRead: 1,
  };
}
