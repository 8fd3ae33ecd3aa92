import type { PageId, Passage, PassageId } from '../core/page';
import { plainText } from '../core/plain-text';
import type { Library } from './schema';

/** A passage with what is needed to look into it. */
export interface PassageText {
  readonly passage: Passage;
  readonly title: string;
  /** Without marks of formatting. */
  readonly body: string;
  /** ISO 639-1, when it is known. */
  readonly language: string | undefined;
}

/** Reads passages with their texts for one search, each page's text once. */
export class PassageReader {
  readonly #passages = new Map<PassageId, Promise<Passage | undefined>>();
  readonly #pages = new Map<PageId, Promise<PageText | undefined>>();

  constructor(readonly library: Library) {}

  /** `undefined` when it went away since it was found. */
  passage(id: PassageId): Promise<Passage | undefined> {
    const reading = this.#passages.get(id) ?? this.library.get('passages', id);
    this.#passages.set(id, reading);
    return reading;
  }

  /** `undefined` when it went away since it was found. */
  async text(id: PassageId): Promise<PassageText | undefined> {
    const passage = await this.passage(id);
    if (!passage) return undefined;
    const reading = this.#pages.get(passage.pageId) ?? readPageText(this.library, passage);
    this.#pages.set(passage.pageId, reading);
    const page = await reading;
    if (!page) return undefined;
    return {
      passage,
      title: page.title,
      body: plainText(page.text.slice(passage.start, passage.end), passage.startsInCode),
      language: page.language,
    };
  }
}

interface PageText {
  readonly title: string;
  readonly text: string;
  readonly language: string | undefined;
}

async function readPageText(library: Library, { pageId, version }: Passage): Promise<PageText | undefined> {
  const transaction = library.transaction(['pages', 'versions', 'indexedPages']);
  const [page, text, indexed] = await Promise.all([
    transaction.objectStore('pages').get(pageId),
    transaction.objectStore('versions').get([pageId, version]),
    transaction.objectStore('indexedPages').get(pageId),
  ]);
  return page && text && { title: page.title, text: text.text, language: indexed?.language };
}
