import { indexPassages } from '../../src/core/lexical/index-passages';
import type { PageId } from '../../src/core/pages/page';
import { splitPassages } from '../../src/core/pages/split-passages';
import { commitPage } from '../../src/storage/pages/index-page';
import type { Library } from '../../src/storage/schema';

export interface TestPage {
  readonly text: string;
  readonly title?: string;
  /** ISO 639-1, as a detector would have found it. */
  readonly language?: string;
  readonly url?: string;
  readonly tags?: readonly string[];
  readonly version?: number;
}

/** Saves a page, as the end of an ingest job does. */
export async function addPage(library: Library, name: string, page: TestPage): Promise<PageId> {
  const { text, title = '', language, url = `https://lamps.example/${name}`, tags = [], version = 1 } = page;
  const id = name as PageId;
  const spans = splitPassages(text);
  const stored = {
    id,
    canonicalUrl: url,
    url,
    addresses: [url],
    title,
    site: new URL(url).host,
    tags,
    savedAt: 1,
    capturedAt: 1,
    version,
    passageCount: spans.length,
    shareRead: 1,
  };
  const kept = { pageId: id, version, text, contentHash: `${name}/${version}`, capturedAt: 1 };
  await commitPage(
    library,
    { page: stored, version: kept, spans, indexed: () => indexPassages(text, title, spans, language) },
    async () => true,
  );
  return id;
}
