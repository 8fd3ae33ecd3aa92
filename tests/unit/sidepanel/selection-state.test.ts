import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { exampleRequestHandlers } from '../../../src/background/tuning/example-request-handlers';
import type { MessageId } from '../../../src/core/conversation/conversation';
import type { TuningExample } from '../../../src/core/tuning/example';
import { type ExampleId, exampleId } from '../../../src/core/tuning/stored-example';
import { createSelectionState } from '../../../src/sidepanel/tune/selection-state';
import { forgetAbandonedExamples, putExamplesBack, setExamplesAside } from '../../../src/storage/tuning/deleted-examples';
import { putExamples } from '../../../src/storage/tuning/examples';
import { temporaryLibrary } from '../../support/temporary-library';

const idOf = (index: number) => exampleId(index, 'x');

/** So many examples, the panel's choice among them, and the worker that it asks. */
async function panel(count: number, example: (index: number) => Partial<TuningExample> = () => ({})) {
  const library = await temporaryLibrary();
  const all = Array.from({ length: count }, (_, index) => idOf(index));
  await putExamples(
    library,
    all.map((id, index) => ({
      id,
      createdAt: index,
      example: { conversation: [{ role: 'user', content: `${index}?` }], ...example(index) },
    })),
  );
  const handlers = exampleRequestHandlers({
    openLibrary: async () => library,
    changed: () => {},
  } as unknown as Parameters<typeof exampleRequestHandlers>[0]);
  const asked: string[] = [];
  let dyingAt = Number.POSITIVE_INFINITY;
  const send = async (name: keyof typeof handlers, data: unknown) => {
    asked.push(name);
    if (asked.length === dyingAt) throw new Error('the worker died');
    return handlers[name](data as never, {} as never);
  };
  const ids = signal<readonly ExampleId[]>(all);
  let clock = 1_000;
  const state = createSelectionState({
    client: { send } as unknown as Parameters<typeof createSelectionState>[0]['client'],
    ids,
    change: (work) =>
      work().then(
        () => true,
        () => false,
      ),
    now: () => clock,
  });
  const stored = async () => (await library.getAll('examples')).map(({ example: kept }) => kept);
  const pass = (ms: number) => {
    clock += ms;
  };
  const dieAt = (place: number) => {
    dyingAt = asked.length + place;
  };
  return { library, state, ids, all, stored, pass, dieAt, asked };
}

describe('The examples that are chosen', () => {
  test('are one by one, or all between two', async () => {
    const { state, all } = await panel(6);
    state.toggle(idOf(4), false);
    state.toggle(idOf(1), true);
    expect([...state.selected.value]).toEqual(all.slice(1, 5));
    state.toggle(idOf(2), false);
    expect([...state.selected.value]).toEqual([idOf(1), idOf(3), idOf(4)]);
    state.selectNone();
    expect(state.selected.value.size).toBe(0);
  });

  test('are never some that are not shown', async () => {
    const { state, ids, stored } = await panel(4);
    state.selectAll();
    ids.value = [idOf(1), idOf(2)];
    expect([...state.selected.value]).toEqual([idOf(1), idOf(2)]);
    await state.mark({ add: ['seen'] });
    expect((await stored()).map(({ tags }) => tags)).toEqual([undefined, ['seen'], ['seen'], undefined]);
  });

  test('are tagged and put on a side, and those that are so already stay as they were', async () => {
    const { state, stored, library } = await panel(3, (index) =>
      index === 0 ? { tags: ['old', 'both'], split: 'train' } : { tags: ['both'] },
    );
    state.selectAll();
    await state.mark({ add: ['new'], remove: ['old'], split: 'train' });
    expect((await stored()).map(({ tags, split }) => [tags, split])).toEqual([
      [['both', 'new'], 'train'],
      [['both', 'new'], 'train'],
      [['both', 'new'], 'train'],
    ]);
    await state.mark({ add: ['new'], split: 'train' });
    expect((await library.getAll('examples')).map(({ revision }) => revision)).toEqual([1, 1, 1]);
    await state.mark({ remove: ['both', 'new'], split: 'none' });
    expect((await stored()).map((example) => Object.keys(example))).toEqual([['conversation'], ['conversation'], ['conversation']]);
  });

  test('are done some at a time, and what is done stays when it is stopped', async () => {
    const { state, stored } = await panel(1_200);
    state.selectAll();
    const marking = state.mark({ add: ['tag'] });
    expect(state.work.value).toEqual({ done: 0, total: 1_200 });
    state.stop();
    await marking;
    expect((await stored()).filter(({ tags }) => tags)).toHaveLength(500);
    expect(state.work.value).toBeUndefined();
  });
});

describe('Examples that are deleted', () => {
  test('are gone for all that reads examples, and come back as they were', async () => {
    const { state, stored, library } = await panel(700, (index) => ({ tags: [`t${index % 3}`] }));
    const before = await library.getAll('examples');
    state.selectAll();
    await state.remove();
    expect(await stored()).toEqual([]);
    expect(state.deleted.value).toEqual([{ deletedAt: 1_000, count: 700, until: 11_000 }]);
    await state.putBack(1_000);
    expect(await library.getAll('examples')).toEqual(before);
    expect(state.deleted.value).toEqual([]);
  });

  test('are deleted for good when their time is over, and not before', async () => {
    const { state, library, pass } = await panel(2);
    state.toggle(idOf(0), false);
    await state.remove();
    pass(9_000);
    await state.forgetOver();
    expect(await library.count('deletedExamples')).toBe(1);
    pass(1_000);
    await state.forgetOver();
    expect(await library.count('deletedExamples')).toBe(0);
    expect(state.deleted.value).toEqual([]);
    expect(await library.count('examples')).toBe(1);
  });

  test('can be put back when others were deleted for good after them', async () => {
    const { state, library, pass } = await panel(5);
    state.toggle(idOf(0), false);
    await state.remove();
    pass(1_000);
    state.selectNone();
    state.selectAll();
    await state.remove();
    await state.forget(2_000);
    expect(state.deleted.value).toEqual([{ deletedAt: 1_000, count: 1, until: 11_000 }]);
    await state.putBack(1_000);
    expect((await library.getAll('examples')).map(({ id }) => id)).toEqual([idOf(0)]);
  });

  test('have their time once all of them are deleted, however long that takes', async () => {
    const { state, library, pass } = await panel(4);
    const aside = (from: number, to: number) => setExamplesAside(library, [0, 1, 2, 3].slice(from, to).map(idOf), 1_000);
    await aside(0, 1);
    await state.readDeleted();
    await aside(1, 4);
    pass(10_000);
    await state.forgetOver();
    expect(state.deleted.value).toEqual([{ deletedAt: 1_000, count: 4, until: 21_000 }]);
    expect(await library.count('deletedExamples')).toBe(4);
    pass(10_000);
    await state.forgetOver();
    expect(await library.count('deletedExamples')).toBe(0);
  });

  test('are left alone while another panel is putting them back', async () => {
    const { state, library, pass } = await panel(4);
    state.selectAll();
    await state.remove();
    const [first] = await library.getAllKeys('deletedExamples');
    if (first) await library.delete('deletedExamples', first);
    pass(10_000);
    await state.forgetOver();
    expect(await library.count('deletedExamples')).toBe(3);
  });

  test('wait longer when a worker died over putting them back', async () => {
    const { state, stored, pass, dieAt } = await panel(2);
    state.selectAll();
    await state.remove();
    dieAt(1);
    await state.putBack(1_000);
    pass(60_000);
    await state.forgetOver();
    expect(state.deleted.value).toMatchObject([{ count: 2 }]);
    await state.putBack(1_000);
    expect(await stored()).toHaveLength(2);
  });

  test('are deleted for good by a later worker when no panel did that, and later ones are not', async () => {
    const { library } = await panel(3);
    for (const index of [0, 1, 2]) await setExamplesAside(library, [idOf(index)], index);
    await forgetAbandonedExamples(library, 1);
    expect(await library.getAllKeys('deletedExamples')).toEqual([idOf(2)]);
  });

  test('are in the set or can be put back when they are put back and deleted at the same moment', async () => {
    const { library, all } = await panel(1);
    await setExamplesAside(library, all, 1);
    let isOver = false;
    const deletingAgain = async () => {
      for (let deletedAt = 2; !isOver; deletedAt += 1) await setExamplesAside(library, all, deletedAt);
    };
    const deleting = deletingAgain();
    await putExamplesBack(library, 1);
    isOver = true;
    await deleting;
    expect((await library.count('examples')) + (await library.count('deletedExamples'))).toBe(1);
  });

  test('leave the place of an answer to what was judged of it since', async () => {
    const { state, library } = await panel(1);
    const [kept] = await library.getAll('examples');
    if (!kept) throw new Error('none');
    const answerId = 'a' as MessageId;
    await putExamples(library, [{ ...kept, answerId }]);
    state.selectAll();
    await state.remove();
    await putExamples(library, [{ ...kept, id: idOf(9), answerId, example: { conversation: [] } }]);
    await state.putBack(1_000);
    expect((await library.getAll('examples')).map(({ id }) => id)).toEqual([idOf(9)]);
  });
});
