import { batch, computed, signal } from '@preact/signals';
import { collectBookmarks, collectHistory } from '../../core/import/browser-items';
import { chooseItems, groupItems, type LeftOut, neededOrigins } from '../../core/import/choose-items';
import type { ImportItem, InPieces, ParsedImport } from '../../core/import/import-item';
import { type Problem, ProblemError, problemOf } from '../../core/problem';
import type { ImportEstimate, ImportFailure, ImportProgress } from '../../protocol/import-requests';
import type { LibraryEvent } from '../../protocol/library-events';
import type { Client, Loan } from '../client';
import type { BrowserLists } from './browser-lists';
import { inSlices } from './in-slices';
import { readFiles } from './read-files';

export type ImportState = ReturnType<typeof createImportState>;

/** `closed` until it is opened, and again once the import runs. */
export type ImportStep = 'closed' | 'choosing' | 'reading' | 'preview' | 'sending';

const nothingLeftOut: LeftOut = { hosts: new Set(), tags: new Set(), archived: false, saved: new Set() };

const addressesAtATime = 1_000;
const itemsAtATime = 1_000;
/** A message to the worker may hold 64 MB; far less is sent at once, so that it can be stopped in between. */
const charactersAtATime = 4_000_000;
/** Reading the status again for each of many pages would be more work than the pages. */
const statusEveryMs = 500;
const dayMs = 86_400_000;

/** Brings pages of other programs in: what to import, and how far it is. */
export function createImportState(client: Pick<Client, 'send' | 'borrowAccess'>, lists: BrowserLists, now: () => number) {
  const step = signal<ImportStep>('closed');
  /** From 0 to 1, while something is read or sent. */
  const shareDone = signal(0);
  const problem = signal<Problem | undefined>();
  const parsed = signal<ParsedImport | undefined>();
  const leftOut = signal<LeftOut>(nothingLeftOut);
  const estimate = signal<ImportEstimate | null>(null);
  const progress = signal<ImportProgress | null>(null);
  const failures = signal<readonly ImportFailure[]>([]);

  const groups = computed(() => groupItems(parsed.value?.items.filter(({ url }) => !leftOut.value.saved.has(url)) ?? []));
  const chosen = computed(() => chooseItems(parsed.value?.items ?? [], leftOut.value));
  const origins = computed(() => neededOrigins(chosen.value));

  let stopping = new AbortController();

  const go = (next: ImportStep) =>
    batch(() => {
      step.value = next;
      shareDone.value = 0;
      problem.value = undefined;
    });

  /** Goes back to where it was begun when the work fails; quietly when it is stopped. */
  const attempt = async (during: ImportStep, back: ImportStep, work: (stop: AbortSignal) => Promise<void>) => {
    stopping.abort();
    stopping = new AbortController();
    const { signal: stop } = stopping;
    go(during);
    try {
      await work(stop);
    } catch (error) {
      if (stop.aborted) return;
      go(back);
      problem.value = problemOf(error);
    }
  };

  const share = (from: number, to: number) => (done: number) => {
    shareDone.value = from + (to - from) * done;
  };

  const findSaved = async (items: readonly ImportItem[], stop: AbortSignal, onShareDone: (share: number) => void) => {
    const saved = new Set<string>();
    for (let from = 0; from < items.length; from += addressesAtATime) {
      const urls = items.slice(from, from + addressesAtATime).map(({ url }) => url);
      for (const index of await client.send('import/known', { urls })) saved.add(urls[index] ?? '');
      onShareDone(from / items.length);
      stop.throwIfAborted();
    }
    return saved;
  };

  const read = (make: (stop: AbortSignal) => Promise<InPieces<ParsedImport>>) =>
    attempt('reading', 'choosing', async (stop) => {
      const found = await inSlices(await make(stop), share(0, 0.7), stop);
      const saved = await findSaved(found.items, stop, share(0.7, 1));
      go('preview');
      batch(() => {
        parsed.value = found;
        leftOut.value = { ...nothingLeftOut, saved };
      });
      await countCost();
    });

  const countCost = async () => {
    estimate.value = await client.send('import/estimate', { pages: chosen.value.length });
  };

  const readStatus = async () => {
    const before = progress.value;
    progress.value = await client.send('import/status', null);
    const hasFailures = (progress.value?.failed ?? 0) > 0;
    if (!hasFailures) failures.value = [];
    else if (progress.value?.failed !== before?.failed) failures.value = await client.send('import/failures', null);
  };

  let isReading = false;
  let isStale = false;
  const refresh = async () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale) {
        isStale = false;
        await readStatus();
        if (isStale) await new Promise((resolve) => setTimeout(resolve, statusEveryMs));
      }
    } catch (error) {
      problem.value = problemOf(error);
    }
    isReading = false;
  };

  const change = async (work: () => Promise<unknown>) => {
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
    await refresh();
  };

  /** Gives back in the end what has not become the import's. */
  const withLoan = async <Result>(asked: Promise<Loan | undefined>, work: (loan: Loan) => Promise<Result>): Promise<Result> => {
    const loan = await asked;
    if (!loan) throw new ProblemError({ code: 'import-permission-missing' });
    try {
      return await work(loan);
    } finally {
      await loan.giveBack();
    }
  };
  const askForSites = (origins: readonly string[]) => client.borrowAccess({ origins, permissions: [] });

  /** The permission is needed until the list has been read. */
  const readList = <List>(
    permission: 'bookmarks' | 'history',
    readIt: () => Promise<List>,
    collect: (list: List) => InPieces<ParsedImport>,
  ) => {
    const asked = client.borrowAccess({ origins: [], permissions: [permission] });
    return read(() => withLoan(asked, async () => collect(await readIt())));
  };

  return {
    step,
    shareDone,
    problem,
    parsed,
    leftOut,
    groups,
    chosen,
    origins,
    estimate,
    progress,
    failures,

    open: () => go('choosing'),
    close() {
      stopping.abort();
      go('closed');
      parsed.value = undefined;
    },
    back: () => go('choosing'),
    /** Ends reading or sending, and goes back to where that was begun. */
    stopWork() {
      stopping.abort();
      go(step.value === 'sending' ? 'preview' : 'choosing');
    },

    readBookmarks: () => readList('bookmarks', () => lists.bookmarks(), collectBookmarks),
    readHistory: (days: number, minimumVisits: number) =>
      readList(
        'history',
        () => lists.history(now() - days * dayMs),
        (visited) => collectHistory(visited, minimumVisits),
      ),
    readFiles: (files: readonly File[]) =>
      read(async (stop) => {
        // Its parsers are loaded only when they are needed.
        const [{ parseFiles }, contents] = await Promise.all([import('../../core/import/parse-files'), readFiles(files, stop)]);
        return parseFiles(contents);
      }),

    leaveOut(part: Partial<LeftOut>) {
      leftOut.value = { ...leftOut.value, ...part };
      return countCost().catch(() => {});
    },

    start() {
      const { source } = parsed.value ?? { source: 'bookmarks' };
      const items = chosen.value;
      const needed = origins.value;
      const asked = askForSites(needed);
      return attempt('sending', 'preview', async (stop) => {
        await withLoan(asked, async ({ holder }) => {
          stop.throwIfAborted();
          const { importId } = await client.send('import/begin', { source, origins: needed });
          for (let from = 0; from < items.length; ) {
            const to = endOfBatch(items, from);
            await client.send('import/add', { importId, items: items.slice(from, to) });
            shareDone.value = to / items.length;
            stop.throwIfAborted();
            from = to;
          }
          await client.send('import/resume', { holder });
        });
        await refresh();
        go('closed');
        parsed.value = undefined;
      });
    },

    pause: () => change(() => client.send('import/pause', null)),
    resume() {
      const asked = askForSites(progress.value?.origins ?? []);
      return change(() => withLoan(asked, ({ holder }) => client.send('import/resume', { holder })));
    },
    stop: () => change(() => client.send('import/stop', null)),
    dismiss: () => change(() => client.send('import/dismiss', null)),
    /** @param number of one page; absent: all that failed */
    retry(number?: number) {
      const asked = askForSites(progress.value?.origins ?? []);
      return change(() =>
        withLoan(asked, ({ holder }) => client.send('import/retry', { holder, ...(number === undefined ? {} : { number }) })),
      );
    },

    refresh,
    receive: (event: LibraryEvent) => (event.type === 'import-changed' ? refresh() : undefined),
  };
}

/** Where a batch ends that begins at an item: it holds at least that one. */
function endOfBatch(items: readonly ImportItem[], from: number): number {
  let characters = 0;
  let to = from;
  while (to < items.length && to - from < itemsAtATime && (to === from || characters < charactersAtATime)) {
    characters += items[to]?.text?.content.length ?? 0;
    to += 1;
  }
  return to;
}
