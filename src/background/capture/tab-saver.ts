import type { CaptureScript } from '../../core/capture/capture-script';
import type { Job } from '../../storage/schema';
import type { StoreAsJob } from '../ingest/store-as-job';
import { type SavePageTools, savePage } from './save-page';
import { type SavePdfTabTools, savePdfTab } from './save-pdf-tab';
import type { TabScripts } from './tab-scripts';

export interface TabSaverTools
  extends Pick<SavePageTools<Job>, 'awaitCapture'>,
    Pick<SavePdfTabTools, 'addressOf' | 'fetchFromTab' | 'fetchLocalFile'> {
  readonly scripts: TabScripts;
  /** Notes that the tab is asked for its page by the person. */
  readonly expectCapture: (tabId: number, script: CaptureScript) => Promise<void>;
  readonly storeAsJob: StoreAsJob;
}

/** Each resolves when it is stored as a job. @throws ProblemError any `page-…`, any `file-…`, `pdf-not-fetched` */
export interface TabSaver {
  /** The page, with what is said in a video of it where the page offers that. */
  readonly saveTab: (tabId: number) => Promise<Job>;
  readonly saveSelection: (tabId: number) => Promise<Job>;
}

/** Saves what a tab shows because the person wants it. */
export function tabSaver({ scripts, expectCapture, awaitCapture, storeAsJob, ...fetching }: TabSaverTools): TabSaver {
  const saveBy = (script: CaptureScript, tabId: number) =>
    savePage(tabId, {
      expectCapture: (id) => expectCapture(id, script),
      injectCapture: (id) => scripts.capture(id, script),
      awaitCapture,
      savePdf: (id) => storeAsJob((tools) => savePdfTab(id, { ...tools, ...fetching })),
    });
  return {
    saveTab: async (tabId) => saveBy((await scripts.offersTranscript(tabId)) ? 'video' : 'page', tabId),
    saveSelection: (tabId) => saveBy('selection', tabId),
  };
}
