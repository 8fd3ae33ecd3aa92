import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ExampleMark } from '../../core/tuning/mark-example';
import type { ExampleId } from '../../core/tuning/stored-example';
import { mostExamplesAtOnce } from '../../protocol/example-requests';
import type { Client } from '../client';

export type SelectionState = ReturnType<typeof createSelectionState>;

interface SelectionStateParts {
  readonly client: Pick<Client, 'send'>;
  /** Those that the filter leaves. */
  readonly ids: ReadonlySignal<readonly ExampleId[] | undefined>;
  /** Does it, and reads anew what is shown. @returns whether it was done */
  readonly change: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly now: () => number;
}

/** How long a deletion can be taken back. */
const undoMs = 10_000;
const puttingBackMs = 600_000;

export interface DeletedExamples {
  readonly deletedAt: number;
  readonly count: number;
  /** In milliseconds since 1970; from then on it is over. */
  readonly until: number;
}

/** The examples that are chosen, and what is done with all of them: some at a time, so that it can be seen how far it is and be stopped. */
export function createSelectionState({ client, ids, change, now }: SelectionStateParts) {
  const picked = signal<ReadonlySet<ExampleId>>(new Set());
  /** Of those that are shown: what is not seen is not changed. */
  const selected = computed(() => {
    if (picked.value.size === 0) return picked.value;
    return new Set((ids.value ?? []).filter((id) => picked.value.has(id)));
  });
  const deleted = signal<readonly DeletedExamples[]>([]);
  const work = signal<{ readonly done: number; readonly total: number } | undefined>();
  /** From where a range is chosen. */
  let anchor: ExampleId | undefined;
  let isStopped = false;

  const inPieces = async (send: (ids: readonly ExampleId[]) => Promise<unknown>) => {
    const wanted = [...selected.value];
    isStopped = false;
    try {
      for (let done = 0; done < wanted.length && !isStopped; done += mostExamplesAtOnce) {
        work.value = { done, total: wanted.length };
        await send(wanted.slice(done, done + mostExamplesAtOnce));
      }
    } finally {
      work.value = undefined;
    }
  };

  const readDeleted = async () => {
    const read = await client.send('examples/deleted', null);
    const known = new Map(deleted.value.map((one) => [one.deletedAt, one]));
    deleted.value = read.map((one) => {
      const { until, count } = known.get(one.deletedAt) ?? { until: 0, count: 0 };
      // While more are deleted, or put back, here or in another panel, its time has not begun.
      return { ...one, until: count === one.count ? until : Math.max(until, now() + undoMs) };
    });
  };

  return {
    selected,
    deleted,
    work,
    readDeleted,

    /** @param isRange with all between it and the one before */
    toggle(id: ExampleId, isRange: boolean) {
      const all = ids.value ?? [];
      const [from, to] = [anchor === undefined ? -1 : all.indexOf(anchor), all.indexOf(id)];
      const next = new Set(selected.value);
      const isChosen = !next.has(id);
      const meant = isRange && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
      for (const one of meant) {
        if (isChosen || isRange) next.add(one);
        else next.delete(one);
      }
      anchor = id;
      picked.value = next;
    },
    selectAll() {
      picked.value = new Set(ids.value);
    },
    selectNone() {
      picked.value = new Set();
    },

    mark: (mark: ExampleMark) => change(() => inPieces((some) => client.send('examples/mark', { ids: some, mark }))),

    async remove() {
      const deletedAt = now();
      await change(() => inPieces((some) => client.send('examples/set-aside', { ids: some, deletedAt })));
      await readDeleted();
    },
    async putBack(deletedAt: number) {
      // However long that takes, and though a worker dies over it, nothing of it is deleted for good meanwhile.
      deleted.value = deleted.value.map((one) => (one.deletedAt === deletedAt ? { ...one, until: now() + puttingBackMs } : one));
      await change(() => client.send('examples/put-back', { deletedAt }));
      await readDeleted();
    },
    async forget(deletedAt: number) {
      await client.send('examples/forget', { deletedAt });
      await readDeleted();
    },
    /** Deletes for good what can no longer be taken back. */
    async forgetOver() {
      await readDeleted();
      for (const { deletedAt, until } of deleted.value) if (until <= now()) await client.send('examples/forget', { deletedAt });
      await readDeleted();
    },

    stop() {
      isStopped = true;
    },
  };
}
