import { partStarts } from '../../core/pages/locators';
import type { PageId, PageVersion, Passage } from '../../core/pages/page';
import { type PassageSpan, splitPassages } from '../../core/pages/split-passages';
import type { QuantizedVector } from '../../core/vectors/quantize-vector';
import type { Library, StoredPage } from '../schema';
import { openBlock } from '../vectors/vector-records';
import { readPassages } from './pages';

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
 * Reads all that is kept of a page, as it was at one moment. Where its passages are damaged its text is cut up anew, without vectors.
 * @param wanted whose vectors to read
 * @returns `undefined` when the page has gone, or its text
 */
export async function readPageRecord(
  library: Library,
  pageId: PageId,
  wanted: (modelKey: string) => boolean,
): Promise<PageRecord | undefined> {
  for (let attempt = 1; ; attempt++) {
    const page = await library.get('pages', pageId);
    const versions = await library.getAll('versions', versionsOf(pageId));
    const passages = await readPassages(library, pageId);
    const indexed = await library.get('indexedPages', pageId);
    const vectors: PassageVectors[] = [];
    for (const modelKey of (page?.embeddedWith ?? []).filter(wanted)) {
      const ids = passages.map(({ id }) => id);
      const ofModel = await readVectors(library, pageId, modelKey, ids);
      if (ofModel) vectors.push({ modelKey, vectors: ofModel });
    }
    const isSame = (await library.get('pages', pageId))?.version === page?.version;
    const current = versions.at(-1);
    const isWhole = current?.version === page?.version && passages.every(({ version }) => version === page?.version);
    if ((!isSame || !isWhole || passages.length !== page?.passageCount) && attempt < attempts) continue;
    if (!page || current?.version !== page.version) return undefined;
    const language = indexed?.language ? { language: indexed.language } : {};
    if (!isWhole || passages.length !== page.passageCount) {
      const cutAnew = splitPassages(current.text, page.language, partStarts(current.locators ?? []));
      return { page, versions, passages: cutAnew, vectors: [], ...language };
    }
    return { page, versions, passages: passages.map(spanOf), vectors, ...language };
  }
}

function spanOf({ start, end, headingPath, startsInCode }: Passage): PassageSpan {
  return { start, end, headingPath, ...(startsInCode ? { startsInCode } : {}) };
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
