import { indexPassages } from '../../src/core/lexical/index-passages';
import type { PageId } from '../../src/core/pages/page';
import { splitPassages } from '../../src/core/pages/split-passages';
import { mergeSegments } from '../../src/storage/lexical/merge-segments';
import { commitPage } from '../../src/storage/pages/index-page';
import type { Library } from '../../src/storage/schema';
import { seedOf } from '../bench/seeded-random';
import type { SyntheticPage } from '../bench/synthetic-library';
import { timed } from '../bench/timing';

export const modelKey = 'https://models.invalid/v1 synthetic';

const savedAt = Date.UTC(2026, 0);

/** Where the time of adding pages goes, in milliseconds. */
export interface AddingMs {
  split: number;
  index: number;
  commit: number;
  merge: number;
}

/** Cuts up a page, indexes and commits it as the worker does, without the merges that it does after each job. */
export async function commitSyntheticPage(
  library: Library,
  number: number,
  page: SyntheticPage,
  spent: AddingMs,
  isEmbedded = true,
): Promise<void> {
  const { title, markdown } = page;
  const { ms: splitMs, value: spans } = await timed(() => splitPassages(markdown, 'en'));
  if (spans.length !== page.spans.length)
    throw new Error(`Page ${number} was cut into ${spans.length} passages, not ${page.spans.length}.`);
  spent.split += splitMs;
  // Ids as long as those that pages have, in no order, and addresses as long.
  const id = `${(seedOf(number) >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}` as PageId;
  const url = `https://synthetic.invalid/2026/11/${page.title.toLowerCase().replaceAll(' ', '-')}-${number}`;
  const capture = {
    canonicalUrl: url,
    url,
    addresses: [url],
    title,
    site: 'synthetic.invalid',
    language: 'en',
    savedAt,
    capturedAt: savedAt,
  };
  const stored = { id, ...capture, version: 1, passageCount: spans.length, shareRead: 1 };
  const version = { pageId: id, version: 1, text: markdown, contentHash: '0'.repeat(64), capturedAt: savedAt };
  let indexMs = 0;
  const indexed = () => {
    const startedAt = performance.now();
    const made = indexPassages(markdown, title, spans, 'en');
    indexMs = performance.now() - startedAt;
    return made;
  };
  const vectors = isEmbedded ? { vectors: { modelKey, vectors: page.vectors } } : {};
  const commit = { page: stored, version, spans, indexed, ...vectors, canBeDoneAgain: true } as const;
  const { ms: commitMs } = await timed(() => commitPage(library, commit, async () => true));
  spent.index += indexMs;
  spent.commit += commitMs - indexMs;
}

/** Merges what wants merging, as the worker does after each job. */
export async function mergePages(library: Library, spent: AddingMs): Promise<void> {
  spent.merge += (await timed(() => mergeSegments(library))).ms;
}
