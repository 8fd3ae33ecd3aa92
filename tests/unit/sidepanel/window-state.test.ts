import { describe, expect, it } from 'vitest';
import type { WindowTab } from '../../../src/sidepanel/client';
import { createClient } from '../../../src/sidepanel/client';
import { createWindowState } from '../../../src/sidepanel/state/window-state';
import { createFakeWorker, type FakeHandlers } from '../../support/fake-worker';

const tabs: WindowTab[] = [
  { id: 1, url: 'https://one.example/a', title: 'One', isAsleep: false },
  { id: 2, url: 'https://two.example/b', title: 'Two', isAsleep: false },
  { id: 3, url: 'chrome://settings', title: 'Settings', isAsleep: false },
  { id: 4, url: 'https://one.example/c', title: 'Asleep', isAsleep: true },
  { id: 5, url: 'https://two.example/d', title: 'Known', isAsleep: false },
];

function noted<Item, Reply>(list: Item[], item: Item, reply: Reply): Reply {
  list.push(item);
  return reply;
}

function start({ listed = tabs, allows = true, handlers = {} }: { listed?: WindowTab[]; allows?: boolean; handlers?: FakeHandlers } = {}) {
  const asked: unknown[] = [];
  const saved: number[] = [];
  /** What is lent and has not been given back. */
  const lent = new Set<string>();
  const worker = createFakeWorker({
    handlers: {
      'tab/status': async ({ tabId }) => ({ tabId, ...(tabId === 5 ? { saved: {} as never } : {}) }),
      'tab/save': async ({ tabId }) => noted(saved, tabId, {} as never),
      ...handlers,
    },
  });
  const state = createWindowState({
    ...createClient(worker.browser),
    listTabs: async () => listed,
    async borrowAccess(wanted) {
      asked.push(wanted);
      if (!allows) return undefined;
      const holder = `loan ${asked.length}`;
      lent.add(holder);
      return { holder, giveBack: async () => void lent.delete(holder) };
    },
  });
  return { state, asked, saved, lent };
}

const outcomes = (state: ReturnType<typeof createWindowState>) =>
  state.step.value.name === 'done'
    ? state.step.value.results.map(({ outcome }) => (outcome?.kind === 'refused' ? outcome.problem.code : outcome?.kind))
    : [];

describe('saving all tabs', () => {
  it('asks for the sites of the tabs and no others, and gives back what it was allowed', async () => {
    const { state, asked, saved, lent } = start();
    await state.open();
    expect(asked).toEqual([]);
    await state.allowSites();
    expect(asked).toEqual([{ origins: ['https://one.example/*', 'https://two.example/*'], permissions: [] }]);
    expect(saved).toEqual([1, 2]);
    expect(outcomes(state)).toEqual(['saved', 'saved', 'page-restricted', 'page-asleep', 'already-saved']);
    expect(lent.size).toBe(0);
  });

  it('asks for their addresses first when it does not know them', async () => {
    const listed = [{ id: 1, isAsleep: false }];
    const { state, asked, lent } = start({ listed });
    await state.open();
    expect(state.step.value.name).toBe('asking-tabs');
    listed[0] = { id: 1, url: 'https://one.example/a', isAsleep: false } as WindowTab;
    await state.allowTabs();
    expect(asked).toEqual([{ origins: [], permissions: ['tabs'] }]);
    expect(state.step.value.name).toBe('asking-sites');
    expect(lent.size).toBe(1);
    await state.close();
    expect(lent.size).toBe(0);
  });

  it('reads nothing when it is not allowed, and says so', async () => {
    const { state, saved } = start({ allows: false });
    await state.open();
    await state.allowSites();
    expect(saved).toEqual([]);
    expect(state.problem.value?.code).toBe('access-refused');
  });

  it('goes on when a tab cannot be read, and stops when it is told to', async () => {
    const { state, lent } = start({
      handlers: {
        'tab/save': async ({ tabId }) => {
          if (tabId === 2) state.stop();
          throw new Error('The page went away.');
        },
      },
    });
    await state.open();
    await state.allowSites();
    expect(outcomes(state)).toEqual(['internal', 'internal', undefined, undefined, undefined]);
    expect(lent.size).toBe(0);
  });
});
