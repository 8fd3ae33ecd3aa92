import { safeFileName, uniqueNames } from '../../core/files/safe-file-name';
import { bibtexEntry } from '../../core/pages/bibtex-entry';
import { cslItem } from '../../core/pages/csl-item';
import type { Page, PageVersion } from '../../core/pages/page';
import { pageCitation } from '../../core/pages/page-citation';
import { pageMarkdown } from '../../core/pages/page-markdown';
import { undefinedIfNotFound } from '../../core/problem';
import type { ExportKind } from '../../protocol/file-work';
import { versionsOf } from '../../storage/pages/page-record';
import { readPage } from '../../storage/pages/pages';
import type { Library } from '../../storage/schema';
import { type WriteBytes, zipWriter } from './zip-writer';

export interface ExportTools {
  readonly library: Library;
  readonly now: () => number;
  readonly report: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** A page on its way out, with the current version of its text. */
interface ExportedPage {
  readonly page: Page;
  readonly version: PageVersion;
}

/** What the pages become. `write` is called in their order, the oldest first. */
interface PageWriter {
  readonly write: (page: ExportedPage) => Promise<void>;
  readonly end: () => Promise<void>;
}

/**
 * Writes all pages in a form that other programs read, one after the other, so that no more than one is in memory.
 * @param allVersions in JSON Lines, older texts too; other forms hold the current one
 * @throws ProblemError `file-too-large`; whatever `write` and the signal throw
 */
export async function writeExport(write: WriteBytes, kind: ExportKind, allVersions: boolean, tools: ExportTools): Promise<void> {
  const { library, report, signal } = tools;
  const writer = writers[kind](write, tools, allVersions);
  const pageIds = await library.getAllKeysFromIndex('pages', 'bySavedAt');
  for (const [index, pageId] of pageIds.entries()) {
    signal.throwIfAborted();
    // One that was deleted meanwhile is left out.
    const read = await readPage(library, pageId).catch(undefinedIfNotFound);
    if (read) await writer.write(read);
    report(index + 1, pageIds.length);
  }
  await writer.end();
}

const writers: Record<ExportKind, (write: WriteBytes, tools: ExportTools, allVersions: boolean) => PageWriter> = {
  markdown(write, { now }) {
    const zip = zipWriter(write, new Date(now()));
    const unique = uniqueNames();
    return {
      async write({ page, version }) {
        const name = unique(safeFileName(page.title) || safeFileName(page.site) || 'page');
        await zip.add(`${name}.md`, encode(pageMarkdown(page, version.text)));
      },
      end: () => zip.end(),
    };
  },
  'json-lines'(write, { library }, allVersions) {
    return {
      async write({ page, version }) {
        const { addresses: _, embeddedWith: __, passageCount: ___, ...described } = page as Page & { addresses?: unknown };
        const versions = allVersions ? await library.getAll('versions', versionsOf(page.id)) : undefined;
        const texts = versions?.map(({ pageId: _, ...rest }) => rest);
        await write(encode(`${JSON.stringify({ ...described, text: version.text, ...(texts ? { versions: texts } : {}) })}\n`));
      },
      end: async () => {},
    };
  },
  bibtex: (write) => ({ write: ({ page }) => write(encode(`${bibtexEntry(pageCitation(page))}\n`)), end: async () => {} }),
  'csl-json'(write) {
    let isFirst = true;
    return {
      async write({ page }) {
        await write(encode(`${isFirst ? '[\n' : ',\n'}${JSON.stringify(cslItem(pageCitation(page)))}`));
        isFirst = false;
      },
      end: () => write(encode(isFirst ? '[]\n' : '\n]\n')),
    };
  },
};

const encode = (text: string) => new TextEncoder().encode(text);
