import { indexPassages } from '../../src/core/lexical/index-passages';
import type { PageId } from '../../src/core/pages/page';
import { splitPassages } from '../../src/core/pages/split-passages';
import { mergeSegments } from '../../src/storage/lexical/merge-segments';
import { openLibrary } from '../../src/storage/open-library';
import { commitPage } from '../../src/storage/pages/index-page';
import { seedOf } from '../bench/seeded-random';

// Runs in a page of the extension: fills the library that its worker lists.

/** More often would take longer than it saves. */
const pagesPerMerge = 16;
const hourMs = 3_600_000;
const sites = 400;
const tagNames = ['optics', 'to read', 'history', 'garden', 'recipes', 'law'];
const subjects = ['Lamps', 'Tides', 'Bread', 'Paper', 'Trams', 'Elms', 'Glass', 'Wicks'];

/** Saves so many short pages of many sites over a year, as the end of an ingest job does: every tenth has a tag, every fiftieth was read in part. */
export async function fillList(pages: number): Promise<void> {
  const library = await openLibrary();
  for (let number = 0; number < pages; number++) {
    const random = seedOf(number) >>> 0;
    const title = `${subjects[random % subjects.length]} and what became of them in the year ${1_000 + (random % 1_000)}, part ${number}`;
    const text = `## Part ${number}\n\nThe keeper of number ${number} trimmed the wick and wrote down the hour. `.repeat(1 + (random % 3));
    const url = `https://site-${random % sites}.synthetic.invalid/${number}`;
    const id = `${random.toString(16).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}` as PageId;
    const spans = splitPassages(text, 'en');
    const savedAt = Date.UTC(2026, 0) + (random % 8_760) * hourMs;
    const page = {
      id,
      canonicalUrl: url,
      url,
      addresses: [url],
      title,
      site: `Site ${random % sites}`,
      language: 'en',
      ...(number % 10 === 0 ? { tags: [tagNames[random % tagNames.length] ?? ''] } : {}),
      savedAt,
      capturedAt: savedAt,
      version: 1,
      passageCount: spans.length,
      shareRead: number % 50 === 0 ? 0.34 : 1,
    };
    const version = { pageId: id, version: 1, text, contentHash: String(number), capturedAt: savedAt };
    await commitPage(library, { page, version, spans, indexed: () => indexPassages(text, title, spans, 'en') }, async () => true);
    if (number % pagesPerMerge === 0) await mergeSegments(library);
  }
  library.close();
}
