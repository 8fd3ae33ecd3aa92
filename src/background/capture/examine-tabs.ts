import { problemOf } from '../../core/problem';
import type { TabPlace } from '../../protocol/worker-requests';
import type { Library } from '../../storage/schema';
import { tabRefusal } from './tab-refusal';
import { tabStatus } from './tab-status';

export interface ExamineTabsTools {
  readonly library: Library;
  /** What the browser tells of a tab. Rejects when it is gone. */
  readonly readTab: (tabId: number) => Promise<{ readonly url?: string; readonly title?: string }>;
  /** Runs nothing in a tab; rejects, in the browser's words, where nothing may run. */
  readonly tryScript: (tabId: number) => Promise<unknown>;
}

/** Which tabs can be asked, as saved pages or by being read, and why the others cannot. Reads none. */
export async function examineTabs(tabIds: readonly number[], { library, readTab, tryScript }: ExamineTabsTools): Promise<TabPlace[]> {
  const whyClosed = async (tabId: number) => {
    try {
      await tryScript(tabId);
      return undefined;
    } catch (error) {
      return tabRefusal(error);
    }
  };
  return Promise.all(
    tabIds.map(async (tabId): Promise<TabPlace> => {
      try {
        const { url, title } = await readTab(tabId);
        const tab = { id: tabId, ...(url ? { url } : {}), ...(title ? { title } : {}) };
        const { saved, refusal } = await tabStatus(library, tab, async () => (await whyClosed(tabId)) ?? 'page-not-granted');
        if (saved) return { tabId, saved: { id: saved.id, title: saved.title } };
        if (refusal) return { tabId, refusal };
        const code = await whyClosed(tabId);
        return code ? { tabId, refusal: { code } } : { tabId };
      } catch (error) {
        const problem = problemOf(error);
        return { tabId, refusal: problem.code === 'internal' ? { code: 'page-gone' } : problem };
      }
    }),
  );
}
