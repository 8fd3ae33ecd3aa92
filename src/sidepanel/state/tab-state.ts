import { signal } from '@preact/signals';
import type { IngestProgress } from '../../core/pages/job';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { TabStatus } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type TabState = ReturnType<typeof createTabState>;

/** The page in the tab beside the panel, and its way into the library. */
export function createTabState(client: Pick<Client, 'send'>) {
  const status = signal<TabStatus | undefined>();
  /** True from the click until the page has been read and handed over. */
  const reading = signal(false);
  const problem = signal<Problem | undefined>();
  let tabId: number | undefined;
  /** Of what was asked last: an answer may come after that to a later question, and no longer be true. */
  let question = 0;
  /** Counts what was told of progress: an answer to a question from before that says how far it was then. */
  let told = 0;

  const refresh = async () => {
    const own = ++question;
    const toldBefore = told;
    if (tabId === undefined) {
      status.value = undefined;
      return;
    }
    try {
      const answer = await client.send('tab/status', { tabId });
      if (own !== question) return;
      const known = status.value?.progress;
      const isOfSameJob = known !== undefined && known.jobId === answer.progress?.jobId;
      const isKept = isOfSameJob && (told !== toldBefore || isFarther(known, answer.progress));
      status.value = isKept ? { ...answer, progress: known } : answer;
    } catch (error) {
      if (own === question) problem.value = problemOf(error);
    }
  };

  const saveBy = async (request: 'tab/save' | 'tab/save-selection') => {
    const saved = tabId;
    if (saved === undefined || reading.value) return;
    reading.value = true;
    problem.value = undefined;
    try {
      const progress = await client.send(request, { tabId: saved });
      // What is known of the job already is newer.
      const isNew = status.value?.progress?.jobId !== progress.jobId;
      if (saved === tabId && status.value && isNew) status.value = { ...status.value, progress };
    } catch (error) {
      if (saved === tabId) problem.value = problemOf(error);
    }
    if (saved !== tabId) return;
    reading.value = false;
    await refresh();
  };

  return {
    status,
    reading,
    problem,
    refresh,

    /** @param isNewPage false when the page that was there has only gone on loading: what was said of it still holds */
    show(id: number | undefined, isNewPage = true) {
      tabId = id;
      if (isNewPage) {
        problem.value = undefined;
        reading.value = false;
      }
      return refresh();
    },

    save: () => saveBy('tab/save'),
    saveSelection: () => saveBy('tab/save-selection'),

    receive(event: LibraryEvent) {
      const shown = status.value;
      if (event.type === 'library-changed') return refresh();
      if (event.type === 'tab-granted') return event.tabId === tabId ? refresh() : undefined;
      if (event.type === 'save-failed') {
        if (event.tabId === tabId) problem.value = event.problem;
        return undefined;
      }
      if (event.type !== 'ingest-progress' || !shown || shown.progress?.jobId !== event.progress.jobId) return undefined;
      if (event.progress.step === 'done') return refresh();
      told += 1;
      status.value = { ...shown, progress: event.progress };
      return undefined;
    },
  };
}

/** An answer says what is stored of a job, which is its step at most. One that begins anew is told of. */
function isFarther(known: IngestProgress, stored: IngestProgress): boolean {
  return !known.problem && !stored.problem && known.percent > stored.percent;
}
