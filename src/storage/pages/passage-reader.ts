import type { PageId, Passage, PassageId } from '../../core/pages/page';
import { searchedTitle } from '../../core/pages/page-titles';
import { RecentMap } from '../../core/recent-map';
import { plainText } from '../../core/text/plain-text';
import { lightReads } from '../light-reads';
import type { Library, PassageRun } from '../schema';
import { passagesOf, readPassages } from './passage-runs';

/** A passage with what is needed to look into it. */
export interface PassageText {
  readonly passage: Passage;
  /** See `searchedTitle`. */
  readonly title: string;
  /** Without marks of formatting. */
  readonly body: string;
  /** ISO 639-1, when it is known. */
  readonly language: string | undefined;
}

export type PassageBody = Pick<PassageText, 'body' | 'language'>;

/** As many as a dozen words bring up while they are typed; a megabyte or two. More than any search asks for at a time. */
export const mostPassages = 10_000;

/**
 * Reads passages with their texts for one search. Many are read in one transaction: each costs more than what it reads. Of whole pages, only those
 * read last stay in memory.
 */
export class PassageReader {
  readonly #passages: RecentMap<PassageId, Passage>;
  readonly #pages = new Map<PageId, PageText>();

  /** @param passages where passages, without their texts, are kept between searches: they never change, and no id is given to another */
  constructor(
    readonly library: Library,
    passages = new RecentMap<PassageId, Passage>(mostPassages),
  ) {
    this.#passages = passages;
  }

  /** A passage that is in memory: it need not be asked for. */
  remembered(id: PassageId): Passage | undefined {
    return this.#passages.get(id);
  }

  /** In the order of the ids; `undefined` for those that went away since they were found. */
  async passages(ids: readonly PassageId[]): Promise<(Passage | undefined)[]> {
    const { known, missing } = this.#takeKnown(ids);
    if (missing.length > 0) {
      const store = lightReads(this.library.transaction('passageRuns').store);
      // As words are typed, other passages of the same pages are found.
      const keepRun = (run: PassageRun) => passagesOf(run).forEach((passage) => void this.#passages.set(passage.id, passage));
      for (const passage of await Promise.all(readPassages(store, missing, keepRun))) if (passage) known.set(passage.id, passage);
    }
    return ids.map((id) => known.get(id));
  }

  /**
   * The bodies only: half as much to read, and the text of a page is asked for as soon as it is known to be wanted. In the order of the ids, each as soon as it
   * is there; `undefined` for those that went away since they were found.
   * @param languageOf what is known of passages' languages without reading it
   */
  bodies(
    ids: readonly PassageId[],
    languageOf: (id: PassageId) => string | undefined = () => undefined,
  ): Promise<PassageBody | undefined>[] {
    const transaction = this.library.transaction(['passageRuns', 'versions', 'indexedPages']);
    const runs = lightReads(transaction.objectStore('passageRuns'));
    const versions = lightReads(transaction.objectStore('versions'));
    const indexedPages = lightReads(transaction.objectStore('indexedPages'));
    const pages = new Map<PageId, Promise<PageBody | undefined>>();
    const readPage = async ({ id, pageId, version }: Passage) => {
      const known = languageOf(id);
      const [text, indexed] = await Promise.all([versions.get([pageId, version]), known ? undefined : indexedPages.get(pageId)]);
      return text && { text: text.text, language: known ?? indexed?.language };
    };
    const { known, missing } = this.#takeKnown(ids);
    const found = readPassages(runs, missing);
    const reading = new Map(missing.map((id, index) => [id, found[index]]));
    return ids.map(async (id) => {
      const passage = known.get(id) ?? (await reading.get(id));
      if (!passage) return undefined;
      this.#passages.set(id, passage);
      const readingPage = pages.get(passage.pageId) ?? readPage(passage);
      pages.set(passage.pageId, readingPage);
      const page = await readingPage;
      return page && { body: plainText(page.text.slice(passage.start, passage.end), passage.startsInCode), language: page.language };
    });
  }

  /** In the order of the ids; `undefined` for those that went away since they were found. */
  async texts(ids: readonly PassageId[]): Promise<(PassageText | undefined)[]> {
    const passages = await this.passages(ids);
    await this.#readPages(passages.filter((passage) => passage !== undefined));
    return passages.map((passage) => {
      const page = passage && this.#pages.get(passage.pageId);
      if (!passage || !page) return undefined;
      const body = plainText(page.text.slice(passage.start, passage.end), passage.startsInCode);
      return { passage, title: page.title, body, language: page.language };
    });
  }

  /** Those in memory, and the others. Taken at once: what is kept between searches may go whenever more is put there. */
  #takeKnown(ids: readonly PassageId[]): { known: Map<PassageId, Passage>; missing: PassageId[] } {
    const known = new Map<PassageId, Passage>();
    const missing: PassageId[] = [];
    for (const id of ids) {
      const passage = this.#passages.get(id);
      if (passage) known.set(id, passage);
      else missing.push(id);
    }
    return { known, missing };
  }

  async #readPages(passages: readonly Passage[]): Promise<void> {
    const wanted = new Set(passages.map(({ pageId }) => pageId));
    for (const pageId of this.#pages.keys()) {
      if (!wanted.has(pageId)) this.#pages.delete(pageId);
    }
    const missing = new Map(passages.filter(({ pageId }) => !this.#pages.has(pageId)).map((passage) => [passage.pageId, passage]));
    if (missing.size === 0) return;
    const transaction = this.library.transaction(['pages', 'versions', 'indexedPages']);
    const versions = lightReads(transaction.objectStore('versions'));
    await Promise.all(
      [...missing.values()].map(async ({ pageId, version }) => {
        const [page, text, indexed] = await Promise.all([
          transaction.objectStore('pages').get(pageId),
          versions.get([pageId, version]),
          transaction.objectStore('indexedPages').get(pageId),
        ]);
        if (page && text) this.#pages.set(pageId, { title: searchedTitle(page), text: text.text, language: indexed?.language });
      }),
    );
  }
}

interface PageBody {
  readonly text: string;
  readonly language: string | undefined;
}

interface PageText extends PageBody {
  readonly title: string;
}
