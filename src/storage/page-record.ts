import type { PageId, PageVersion } from '../core/page';
import { ProblemError } from '../core/problem';
import type { QuantizedVector } from '../core/quantize-vector';
import type { PassageSpan } from '../core/split-passages';
import { readPassages } from './pages';
import type { Library, StoredPage } from './schema';
import { openBlock } from './vector-records';

/** A page with all that is kept of it but its place in the index. */
export interface PageRecord {
  readonly page: StoredPage;
  /** All of them, in order. */
  readonly versions: readonly PageVersion[];
  /** Of the current version, in order. */
  readonly passages: readonly PassageSpan[];
  /** As in `IndexedPage`. */
  readonly language?: string;
  /** Of all passages, in their order, by model; a model that lacks some of them is left out. */
  readonly vectors: readonly PassageVectors[];
}

export interface PassageVectors {
  readonly modelKey: string;
  readonly vectors: readonly QuantizedVector[];
}

/** A page may be saved again while it is read; more often than this in a row it is not. */
const attempts = 3;

/**
 * Reads all that is kept of a page, as it was at one moment.
 * @param wanted whose vectors to read
 * @returns `undefined` when the page has gone
 */
export async function readPageRecord(
  library: Library,
  pageId: PageId,
  wanted: (modelKey: string) => boolean,
): Promise<PageRecord | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const page = await library.get('pages', pageId);
    if (!page) return undefined;
    const versions = await library.getAll('versions', versionsOf(pageId));
    const passages = await readPassages(library, pageId);
    const indexed = await library.get('indexedPages', pageId);
    const vectors: PassageVectors[] = [];
    for (const modelKey of (page.embeddedWith ?? []).filter(wanted)) {
      const ids = passages.map(({ id }) => id);
      const ofModel = await readVectors(library, pageId, modelKey, ids);
      if (ofModel) vectors.push({ modelKey, vectors: ofModel });
    }
    const now = await library.get('pages', pageId);
    if (now?.version !== page.version || passages.some(({ version }) => version !== page.version)) continue;
    const spans = passages.map(({ start, end, headingPath, startsInCode }) => ({
      start,
      end,
      headingPath,
      ...(startsInCode ? { startsInCode } : {}),
    }));
    return { page, versions, passages: spans, vectors, ...(indexed?.language ? { language: indexed.language } : {}) };
  }
  throw new ProblemError({ code: 'interrupted' });
}

export const versionsOf = (pageId: PageId) => IDBKeyRange.bound([pageId, 0], [pageId, Number.MAX_SAFE_INTEGER]);

async function readVectors(
  library: Library,
  pageId: PageId,
  modelKey: string,
  passageIds: readonly number[],
): Promise<QuantizedVector[] | undefined> {
  const transaction = library.transaction(['indexedPages', 'vectorBlocks']);
  const indexed = await transaction.objectStore('indexedPages').get(pageId);
  const places = indexed?.vectorBlocks.filter((place) => place.modelKey === modelKey) ?? [];
  const records = await Promise.all(places.map(({ block }) => transaction.objectStore('vectorBlocks').get([modelKey, block])));
  const byPassage = new Map<number, QuantizedVector>();
  for (const record of records) {
    const block = openBlock(record);
    block?.passageIds.forEach((passageId, place) => {
      const codes = block.codes.slice(place * block.dimensions, (place + 1) * block.dimensions);
      byPassage.set(passageId, { codes, factor: block.factors[place] as number });
    });
  }
  const vectors = passageIds.map((passageId) => byPassage.get(passageId)).filter((vector) => vector !== undefined);
  const length = vectors[0]?.codes.length;
  return vectors.length > 0 && vectors.length === passageIds.length && vectors.every(({ codes }) => codes.length === length)
    ? vectors
    : undefined;
}
