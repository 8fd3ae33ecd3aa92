import { captureTimeoutMs } from '../../core/capture/capture-script';
import type { CapturedPage } from '../../core/pages/page';
import type { Reading } from '../../core/pages/reading';
import type { Problem } from '../../core/problem';
import { problemOf } from '../../core/problem';
import type { Library } from '../../storage/schema';
import type { ReadingTools } from '../ingest/read-waiting-file';
import { acceptCapture } from './accept-capture';
import { type KeepReadingTools, keepReading } from './keep-reading';
import { pendingCaptures } from './pending-captures';
import { savePage } from './save-page';
import { type FetchPdfTools, fetchPdfOfTab } from './save-pdf-tab';
import type { TabScripts } from './tab-scripts';

export interface TabReaderTools extends FetchPdfTools, Omit<KeepReadingTools, 'library'> {
  readonly openLibrary: () => Promise<Library>;
  readonly scripts: Pick<TabScripts, 'capture'>;
  /** Notes that the tab is asked for its page, to be read. */
  readonly expectReading: (tabId: number) => Promise<void>;
  readonly readFile: ReadingTools['readFile'];
}

export interface TabReader {
  /** @throws ProblemError any `page-…`, `pdf-…` */
  readonly readTab: (tabId: number) => Promise<Reading>;
  /** What the script has read that was set going. */
  readonly take: (page: CapturedPage, tab: { readonly id: number; readonly url: string }) => Promise<void>;
  readonly fail: (tabId: number, problem: Problem) => void;
}

/** Reads tabs to be asked: nothing of them gets into the library. */
export function tabReader({ openLibrary, scripts, expectReading, readFile, ...tools }: TabReaderTools): TabReader {
  const pending = pendingCaptures<Reading>();
  const keep = async (page: CapturedPage) => keepReading(page, { ...tools, library: await openLibrary() });
  return {
    readTab: (tabId) =>
      savePage<Reading>(tabId, {
        expectCapture: expectReading,
        injectCapture: (id) => scripts.capture(id, 'reading'),
        awaitCapture: pending.wait,
        async savePdf(id) {
          const pdf = await fetchPdfOfTab(id, tools);
          const file = { kind: 'pdf', ...pdf, canonicalUrl: pdf.url, capturedAt: tools.now() } as const;
          return keep(await readFile(file, { signal: AbortSignal.timeout(captureTimeoutMs), onShareDone: () => {} }));
        },
      }),
    async take(page, tab) {
      try {
        pending.arrived(tab.id, await keep(acceptCapture(page, tab.url)));
      } catch (error) {
        pending.failed(tab.id, problemOf(error));
      }
    },
    fail: pending.failed,
  };
}
