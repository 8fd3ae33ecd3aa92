import { signal } from '@preact/signals';
import { originPattern } from '../../core/capture/origin-pattern';
import { type Problem, problemOf } from '../../core/problem';
import type { Client, Loan, WindowTab } from '../client';

export type WindowState = ReturnType<typeof createWindowState>;

export type TabOutcome = { readonly kind: 'saved' | 'already-saved' } | { readonly kind: 'refused'; readonly problem: Problem };

export interface TabResult {
  readonly tab: WindowTab;
  /** Absent while it waits. */
  readonly outcome?: TabOutcome;
}

/**
 * - `asking-tabs`: the addresses of the tabs are not known, and with them which sites to ask for.
 * - `asking-sites`: before the browser asks, the person is told what for.
 */
export type WindowStep =
  | { readonly name: 'closed' }
  | { readonly name: 'asking-tabs' }
  | { readonly name: 'asking-sites'; readonly tabs: readonly WindowTab[]; readonly patterns: readonly string[] }
  | { readonly name: 'saving' | 'done'; readonly results: readonly TabResult[] };

type WindowClient = Pick<Client, 'listTabs' | 'send' | 'borrowAccess'>;

/** Saving all tabs of the window, one after the other, with what that needs allowed for as long as it takes. */
export function createWindowState(client: WindowClient) {
  const step = signal<WindowStep>({ name: 'closed' });
  const problem = signal<Problem | undefined>();
  let isStopped = false;
  let loans: Loan[] = [];

  const attempt = async (work: () => Promise<void>) => {
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  const borrow = async (wanted: Parameters<Client['borrowAccess']>[0]) => {
    const loan = await client.borrowAccess(wanted);
    if (loan) loans.push(loan);
    return loan !== undefined;
  };
  const giveBack = async () => {
    const returned = loans;
    loans = [];
    for (const loan of returned) await loan.giveBack();
  };

  const look = async () => {
    const tabs = await client.listTabs();
    if (tabs.some(({ url }) => url === undefined)) {
      step.value = { name: 'asking-tabs' };
      return;
    }
    const patterns = [...new Set(tabs.flatMap(({ url }) => originPattern(url ?? '') ?? []))];
    step.value = { name: 'asking-sites', tabs, patterns };
  };

  const save = async (tabs: readonly WindowTab[]) => {
    isStopped = false;
    let results: readonly TabResult[] = tabs.map((tab) => ({ tab }));
    step.value = { name: 'saving', results };
    try {
      for (const [index, tab] of tabs.entries()) {
        if (isStopped) break;
        const outcome = await saveOne(client, tab);
        results = results.map((result, place) => (place === index ? { tab, outcome } : result));
        step.value = { name: 'saving', results };
      }
    } finally {
      await giveBack();
      step.value = { name: 'done', results };
    }
  };

  return {
    step,
    problem,
    open: () => attempt(look),
    /** Call it straight from a click. */
    allowTabs() {
      const asked = borrow({ origins: [], permissions: ['tabs'] });
      return attempt(async () => {
        if (await asked) await look();
        else problem.value = { code: 'access-refused' };
      });
    },
    /** Call it straight from a click. */
    allowSites() {
      const asking = step.value;
      if (asking.name !== 'asking-sites') return undefined;
      const asked = borrow({ origins: asking.patterns, permissions: [] });
      return attempt(async () => {
        if (await asked) await save(asking.tabs);
        else problem.value = { code: 'access-refused' };
      });
    },
    /** The tab that is being read is read to its end. */
    stop() {
      isStopped = true;
    },
    close() {
      step.value = { name: 'closed' };
      return attempt(giveBack);
    },
  };
}

async function saveOne(client: WindowClient, { id, url, isAsleep }: WindowTab): Promise<TabOutcome> {
  if (originPattern(url ?? '') === undefined) return { kind: 'refused', problem: { code: 'page-restricted' } };
  if (isAsleep) return { kind: 'refused', problem: { code: 'page-asleep' } };
  try {
    const { saved, refusal } = await client.send('tab/status', { tabId: id });
    if (refusal) return { kind: 'refused', problem: refusal };
    if (saved) return { kind: 'already-saved' };
    await client.send('tab/save', { tabId: id });
    return { kind: 'saved' };
  } catch (error) {
    return { kind: 'refused', problem: problemOf(error) };
  }
}
