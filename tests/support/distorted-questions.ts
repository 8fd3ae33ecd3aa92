import { indexPassages } from '../../src/core/lexical/index-passages';
import type { PageId, PassageId } from '../../src/core/pages/page';
import { splitPassages } from '../../src/core/pages/split-passages';
import { seededShares } from '../../src/core/seeded-shares';
import { normalizeVector } from '../../src/core/vectors/quantize-vector';
import { commitPage } from '../../src/storage/pages/index-page';
import type { Library } from '../../src/storage/schema';

export const tunedModel = 'model that says too much of some things';

/** A passage with its vector, and what asks for it. */
export interface DistortedPage {
  readonly pageId: PageId;
  readonly passageId: PassageId;
  /** The vector of a question about it, another one each time: near the passage's, but the model makes far too much of the first quarter of the components. */
  readonly question: () => Float32Array;
}

/** Fills an empty library with pages of one passage each. Their questions are distorted by `factor`; by 1, they are as they should be. */
export async function fillDistorted(library: Library, count: number, factor: number, dimensions = 32): Promise<DistortedPage[]> {
  const random = seededShares(11);
  const noise = (size: number) => Float32Array.from({ length: dimensions }, () => (random() - 0.5) * size);
  const pages: DistortedPage[] = [];
  for (let number = 1; number <= count; number++) {
    const vector = normalizeVector(noise(1));
    const pageId = `page-${number}` as PageId;
    const text = `Passage ${number} tells of lamps.`;
    const [url, title] = [`https://lamps.example/${number}`, `About ${number}`];
    const spans = splitPassages(text);
    const page = {
      id: pageId,
      canonicalUrl: url,
      url,
      addresses: [url],
      title,
      site: 'lamps.example',
      savedAt: 1,
      capturedAt: 1,
      version: 1,
      passageCount: 1,
      shareRead: 1,
    };
    const version = { pageId, version: 1, text, contentHash: pageId, capturedAt: 1 };
    const indexed = () => indexPassages(text, title, spans, 'en');
    await commitPage(library, { page, version, spans, indexed, vectors: { modelKey: tunedModel, vectors: [vector] } }, async () => true);
    const stored = await library.get('indexedPages', pageId);
    pages.push({
      pageId,
      passageId: stored?.firstPassageId as PassageId,
      question() {
        const off = noise(1);
        return normalizeVector(
          vector.map((component, place) => (component + (off[place] as number)) * (place < dimensions / 4 ? factor : 1)),
        );
      },
    });
  }
  return pages;
}
