import type { Runtime } from 'webextension-polyfill';
import type { CaptureScript } from '../../core/capture/capture-script';
import type { IngestProgress } from '../../core/pages/job';
import { type Problem, problemOf } from '../../core/problem';
import type { Handlers } from '../../protocol/handle';
import type { CaptureMessages } from '../../protocol/worker-requests';
import type { CaptureCause, ExpectedCapture } from '../../storage/pages/expected-captures';
import type { Job, Library } from '../../storage/schema';
import type { AutoSaver, WatchedTab } from '../auto-save/auto-save';
import type { DurableWork } from '../durable-work';
import { progressOf } from '../ingest/ingest-progress';
import { tabOf, watchedTabOf } from '../sender-tab';
import type { PageState } from './badge';
import type { PendingCaptures } from './pending-captures';
import { receiveCapture } from './receive-capture';
import type { TabReader } from './tab-reader';

export interface CaptureHandlersTools {
  readonly openLibrary: () => Promise<Library>;
  /** Who asked for what a script has read in the tab. */
  readonly expectedCapture: (tabId: number, script: CaptureScript) => Promise<ExpectedCapture | undefined>;
  /** Called when what was asked for is there: it is taken once. */
  readonly forgetExpectedCapture: (tabId: number, script: CaptureScript, expected: ExpectedCapture) => Promise<void>;
  readonly accept: AutoSaver['accept'];
  /** Who waits for what the person asked for, and for what a rule had captured. */
  readonly pending: PendingCaptures;
  readonly pendingByRule: PendingCaptures<Job | undefined>;
  /** Takes what was read to be asked only. */
  readonly reader: Pick<TabReader, 'take' | 'fail'>;
  readonly showPageState: (tabId: number, state: PageState) => Promise<void>;
  readonly refreshTab: (tab: WatchedTab) => void;
  readonly queue: DurableWork;
  readonly report: (progress: IngestProgress) => void;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Takes what the scripts say that read pages: stored whether or not anyone still waits for it. */
export function captureHandlers(tools: CaptureHandlersTools): Handlers<CaptureMessages, Runtime.MessageSender> {
  const { openLibrary, expectedCapture, forgetExpectedCapture, pending, pendingByRule, queue, now, newId } = tools;
  /** A rule has no other script run than the page's, and may have found that the person had asked for it already. */
  const fail = (tabId: number, problem: Problem, script: CaptureScript, cause: CaptureCause | undefined) => {
    if (script === 'reading') return tools.reader.fail(tabId, problem);
    if (cause !== 'rule') pending.failed(tabId, problem);
    if (script === 'page') pendingByRule.failed(tabId, problem);
  };
  const takeExpected = async (tabId: number, script: CaptureScript) => {
    const expected = await expectedCapture(tabId, script);
    if (expected) await forgetExpectedCapture(tabId, script, expected);
    return expected?.cause;
  };
  return {
    async 'capture/deliver'({ page, script }, sender) {
      const tab = tabOf(sender);
      if (script === 'reading') {
        if (await takeExpected(tab.id, script)) await tools.reader.take(page, tab);
        return null;
      }
      let cause: CaptureCause | undefined;
      // Before the page is stored, not after: the worker may not live to begin with it.
      queue.wakeAt(now());
      try {
        const library = await openLibrary();
        const expected = await expectedCapture(tab.id, script);
        cause = expected?.cause;
        const state = cause === 'rule' ? await tools.accept(page, watchedTabOf(sender)) : undefined;
        if (expected && cause === 'rule' && !state) {
          await forgetExpectedCapture(tab.id, script, expected);
          pendingByRule.arrived(tab.id, undefined);
          return null;
        }
        const job = await receiveCapture(page, tab, { library, wasExpected: async () => cause !== undefined, now, newId });
        queue.wakeAt(now());
        // Before the work, which tells how it goes on.
        tools.report(progressOf(job));
        queue.run();
        // Only now: to a worker that dies before it the page is sent again.
        if (expected) await forgetExpectedCapture(tab.id, script, expected);
        // The tab may be gone, and the page is stored all the same.
        if (state) void tools.showPageState(tab.id, state).catch(() => {});
        else tools.refreshTab(watchedTabOf(sender));
        if (cause === 'person') pending.arrived(tab.id, job);
        if (script === 'page') pendingByRule.arrived(tab.id, job);
      } catch (error) {
        fail(tab.id, problemOf(error), script, cause);
        throw error;
      }
      return null;
    },
    async 'capture/fail'({ problem, script }, sender) {
      const { id } = tabOf(sender);
      const cause = await takeExpected(id, script);
      if (cause) fail(id, problem as Problem, script, cause);
      return null;
    },
  };
}
