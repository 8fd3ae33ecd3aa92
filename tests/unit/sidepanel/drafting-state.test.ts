import { describe, expect, test } from 'vitest';
import type { PageId } from '../../../src/core/pages/page';
import { type ProblemCode, ProblemError } from '../../../src/core/problem';
import { wholeLibrary, withPages } from '../../../src/core/search/chosen-scope';
import type { DraftRequests } from '../../../src/protocol/draft-requests';
import { createDraftingState } from '../../../src/sidepanel/tune/drafts/drafting-state';

type Order = DraftRequests['drafts/draft']['data'];

/** The state, and a worker that does with each page as `draft` says. */
function panel(pages: number, draft: (order: Order, asked: number) => Promise<{ drafted: number } | null> | ProblemCode) {
  const pageIds = Array.from({ length: pages }, (_, index) => `page${index}` as PageId);
  const orders: Order[] = [];
  const requests: string[] = [];
  const fail: { at?: string } = {};
  const set = { model: 'writer' };
  const send = async (name: string, data: unknown) => {
    requests.push(name);
    if (fail.at === name) throw new ProblemError({ code: 'internal' });
    if (name === 'scope/describe') return { pages, named: [] };
    if (name === 'drafts/price') return { pageIds, pagesInScope: pages, model: set.model, cost: { kind: 'local' } };
    if (name !== 'drafts/draft') return null;
    orders.push(data as Order);
    const reply = draft(data as Order, orders.length);
    if (typeof reply === 'string') throw new ProblemError({ code: reply });
    return reply;
  };
  const find = async () => [];
  const parts = { client: { send }, scope: { pagesLike: find, sitesLike: find, tagsLike: find }, now: () => 1, newId: () => 'abcdefgh-1' };
  const state = createDraftingState(parts as unknown as Parameters<typeof createDraftingState>[0]);
  const begin = async () => {
    state.openWith(pageIds);
    await expect.poll(() => state.price.value).toBeDefined();
    await state.start();
  };
  return { state, begin, orders, requests, fail, set };
}

const three = async () => ({ drafted: 3 });

describe('Drafting from pages', () => {
  test('prices what is chosen anew when that changes, and goes from page to page', async () => {
    const { state, begin, orders, requests } = panel(2, three);
    await begin();
    expect(state.run.value).toMatchObject({ state: 'done', pagesDone: 2, drafted: 6, pagesWithout: 0 });
    expect(new Set(orders.map(({ run }) => run)).size).toBe(1);
    expect(orders.map(({ page, pageId, pairs }) => [page, pageId, pairs])).toEqual([
      [0, 'page0', 3],
      [1, 'page1', 3],
    ]);
    state.wantPairs(5);
    expect(state.price.value).toBeUndefined();
    await expect.poll(() => state.price.value).toBeDefined();
    expect(requests.filter((name) => name === 'drafts/price')).toHaveLength(2);
    state.choice.choose(withPages(wholeLibrary, []));
    expect(state.price.value).toBeUndefined();
  });

  test('does not begin at a price that is being worked out anew', async () => {
    const { state, begin, orders } = panel(1, three);
    await begin();
    orders.length = 0;
    state.refresh();
    await state.start();
    expect([state.price.value, orders]).toEqual([undefined, []]);
    await expect.poll(() => state.price.value).toBeDefined();
    state.open(false);
    state.open(true);
    expect(state.price.value).toBeUndefined();
  });

  test('passes over a page of which nothing comes, and says so', async () => {
    const { state, begin } = panel(3, ({ page }) => (page === 1 ? 'model-empty' : three()));
    await begin();
    expect(state.run.value).toMatchObject({ state: 'done', pagesDone: 3, drafted: 6, pagesWithout: 1, problem: { code: 'model-empty' } });
  });

  test('ends when nothing comes of three pages in a row: each costs', async () => {
    const { state, begin, orders } = panel(9, () => 'model-empty');
    await begin();
    expect(orders).toHaveLength(3);
    expect(state.run.value).toMatchObject({ state: 'failed', pagesDone: 2, problem: { code: 'model-empty' } });
  });

  test('ends at the cap with what has come, and goes on from there when it is told to', async () => {
    let isCapped = true;
    const { state, begin, orders } = panel(3, ({ page }) => (isCapped && page === 1 ? 'spending-cap' : three()));
    await begin();
    expect(state.run.value).toMatchObject({ state: 'failed', pagesDone: 1, drafted: 3, problem: { code: 'spending-cap' } });
    isCapped = false;
    await state.goOn();
    expect(state.run.value).toMatchObject({ state: 'done', pagesDone: 3, drafted: 9 });
    expect(state.run.value?.problem).toBeUndefined();
    expect(orders.map(({ page }) => page)).toEqual([0, 1, 1, 2]);
    expect(new Set(orders.map(({ run }) => run)).size).toBe(1);
  });

  test('ends when another model is set than was shown, and goes on with that once its price is there', async () => {
    const { state, begin, orders, set } = panel(2, ({ page, model }) =>
      model !== set.model ? 'drafting-model-changed' : page === 0 ? three().finally(() => (set.model = 'dearer')) : three(),
    );
    await begin();
    expect(state.run.value).toMatchObject({ state: 'failed', pagesDone: 1, problem: { code: 'drafting-model-changed' } });
    await expect.poll(() => state.price.value?.model).toBe('dearer');
    await state.goOn();
    expect(state.run.value).toMatchObject({ state: 'done', pagesDone: 2, drafted: 6 });
    expect(orders.map(({ page, model }) => [page, model])).toEqual([
      [0, 'writer'],
      [1, 'writer'],
      [1, 'dearer'],
    ]);
  });

  test('asks the next worker for a page over which one died, and gives up when several do', async () => {
    const dying = panel(2, (_, asked) => (asked <= 2 ? 'internal' : three()));
    await dying.begin();
    expect(dying.state.run.value).toMatchObject({ state: 'done', drafted: 6 });
    expect(dying.orders.map(({ page }) => page)).toEqual([0, 0, 0, 1]);
    const dead = panel(2, () => 'internal');
    await dead.begin();
    expect(dead.state.run.value).toMatchObject({ state: 'failed', pagesDone: 0, problem: { code: 'internal' } });
    expect(dead.orders).toHaveLength(3);
  });

  test('asks once for each page when it is started twice at once', async () => {
    const { state, begin, orders } = panel(3, three);
    await begin();
    orders.length = 0;
    await Promise.all([state.start(), state.start()]);
    expect(orders.map(({ page }) => page)).toEqual([0, 1, 2]);
    expect(state.run.value).toMatchObject({ state: 'done', pagesDone: 3, drafted: 9 });
  });

  test('leaves the run before as it was when another cannot begin', async () => {
    const { state, begin, fail } = panel(1, three);
    await begin();
    const before = state.run.value;
    fail.at = 'drafts/put-away';
    await state.start();
    expect([state.run.value, state.problem.value?.code]).toEqual([before, 'internal']);
  });

  test('does not ask the next worker for a page that was given up when one died over it', async () => {
    let die = (_: unknown) => {};
    const { state, begin, orders } = panel(2, () => new Promise((_, reject) => (die = reject)));
    const running = begin();
    await expect.poll(() => orders.length).toBe(1);
    await state.stop();
    die(new ProblemError({ code: 'interrupted' }));
    await running;
    expect(state.run.value).toMatchObject({ state: 'stopped', pagesDone: 0, drafted: 0 });
    expect(orders).toHaveLength(1);
    await state.stop();
    expect(state.run.value?.state).toBe('stopped');
  });

  test('gives up the page under way when it is stopped, and leaves what came before', async () => {
    let stopped = (_: null) => {};
    const { state, begin, requests, orders } = panel(3, ({ page }) =>
      page === 1 ? new Promise((resolve) => (stopped = resolve)) : three(),
    );
    const running = begin();
    await expect.poll(() => orders.length).toBe(2);
    await state.stop();
    expect(requests.at(-1)).toBe('drafts/stop');
    stopped(null);
    await running;
    expect(state.run.value).toMatchObject({ state: 'stopped', pagesDone: 1, drafted: 3 });
  });
});
