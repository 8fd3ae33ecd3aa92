import { signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import { type Problem, problemOf } from '../../core/problem';
import { type DenialGround, denialGround } from '../../core/tuning/check/denial-ground';
import type { Mend } from '../../core/tuning/check/mend';
import type { TuningExample } from '../../core/tuning/example';
import type { ExampleId, StoredExample } from '../../core/tuning/stored-example';
import {
  type ExampleCheck,
  type ExampleFilter,
  type ExampleTokenCounts,
  mostExamplesAtOnce,
  type StoredProblem,
} from '../../protocol/example-requests';
import type { LibraryEvent } from '../../protocol/library-events';
import type { Client } from '../client';
import { attemptNoting } from '../state/attempt-noting';
import { createExampleImportState } from './example-import-state';
import { type ExportForm, type ExportOptions, exportFile } from './export-file';
import { createSelectionState } from './selection-state';

export type ExamplesState = ReturnType<typeof createExamplesState>;

/** Rows held around those in sight: some ten screens, so that a turn of the wheel finds what it comes to. */
const rowsAround = 60;
/** When fewer than these are left of them, others are fetched. */
const fewestAround = 30;

/** So many of a set tell what it is about. */
const mostSampled = 300;

/** An example whose form is open. */
export interface OpenedExample {
  /** As it was when it was opened. */
  readonly seen: StoredExample;
  readonly draft: TuningExample;
}

/** The examples to train on: which are shown, what the check said of them, and the files they come from and go to. */
export function createExamplesState(client: Pick<Client, 'send' | 'makeFile'>) {
  const filter = signal<ExampleFilter>({});
  /** Those that the filter leaves; absent until they have been read once. */
  const ids = signal<readonly ExampleId[] | undefined>();
  /** Of all of them. */
  const total = signal<number | undefined>();
  const tags = signal<readonly string[]>([]);
  const rows = signal<ReadonlyMap<ExampleId, StoredExample>>(new Map());
  const check = signal<ExampleCheck | undefined>();
  /** From 0 to 1 while a check runs. */
  const checking = signal<number | undefined>();
  /** Something else takes its time. */
  const isBusy = signal(false);
  /** From 0 to 1 while examples are put on their sides. */
  const splitting = signal<number | undefined>();
  /** From 0 to 1 while a file is made. */
  const exporting = signal<number | undefined>();
  const exported = signal<{ readonly written: number; readonly leftOut: number } | undefined>();
  const problem = signal<Problem | undefined>();
  /** What is being typed stays, wherever its row goes. Nothing is drawn by it, so it is no signal. */
  const opened = new Map<ExampleId, OpenedExample>();
  let isShown = false;
  let stoppingExport: AbortController | undefined;
  let stoppingSplit: AbortController | undefined;

  const attempt = attemptNoting(problem);

  /** Those of these that are there, however long they are: at most `mostExamplesAtOnce`. */
  const readExamples = async (wanted: readonly ExampleId[]): Promise<StoredExample[]> => {
    const all: StoredExample[] = [];
    let left = wanted;
    while (left.length > 0) {
      const read = await client.send('examples/read', { ids: left });
      const last = read.at(-1);
      if (!last) break;
      all.push(...read);
      left = left.slice(left.indexOf(last.id) + 1);
    }
    return all;
  };

  const readFound = async (wanted: ExampleFilter) => {
    const found = await client.send('examples/find', { filter: wanted });
    if (wanted !== filter.value) return;
    ids.value = found.ids;
    tags.value = found.tags;
    total.value = found.total;
  };

  const find = newestOnly(async (wanted: ExampleFilter) => {
    await attempt(() => readFound(wanted));
  });

  const fetchRows = newestOnly(async ({ first, last }: { readonly first: number; readonly last: number }) => {
    const wanted = (ids.value ?? []).slice(Math.max(0, first - rowsAround), last + 1 + rowsAround);
    const missing = wanted.filter((id) => !rows.value.has(id)).slice(0, mostExamplesAtOnce);
    if (missing.length === 0) return;
    await attempt(async () => {
      const read = await readExamples(missing);
      // Those that are gone stay missing.
      if (read.length === 0) return;
      const kept = wanted.flatMap((id) => rows.value.get(id) ?? []);
      rows.value = new Map([...kept, ...read].map((row) => [row.id, row]));
    });
  });

  /** Rows that are held are read again. Those that are as they were are not drawn anew. */
  const refreshRows = async (ids: readonly ExampleId[]) => {
    const held = ids.filter((id) => rows.value.has(id));
    const read = new Map((await readExamples(held)).map((row) => [row.id, row]));
    const next = new Map(rows.value);
    for (const id of held) {
      const [row, before] = [read.get(id), next.get(id)];
      if (!row) next.delete(id);
      else if (row.revision !== before?.revision) next.set(id, row);
    }
    rows.value = next;
  };

  /** What is shown is read anew. */
  const refresh = newestOnly(async () => {
    await attempt(async () => {
      await readFound(filter.value);
      await refreshRows([...rows.value.keys()]);
    });
  });

  /** What is shown is read anew; what the check said holds no longer. */
  const reload = async () => {
    check.value = undefined;
    await refresh(undefined);
  };

  const change = async (work: () => Promise<unknown>): Promise<boolean> => {
    isBusy.value = true;
    try {
      await work();
    } catch (error) {
      // Some of it may have been done, or what is shown be out of date.
      await reload();
      problem.value = problemOf(error);
      isBusy.value = false;
      return false;
    }
    await reload();
    isBusy.value = false;
    return true;
  };

  const importing = createExampleImportState(client, reload);
  const selection = createSelectionState({ client, ids, change, now: () => Date.now() });

  return {
    filter,
    ids,
    total,
    tags,
    rows,
    check,
    checking,
    isBusy,
    splitting,
    exporting,
    exported,
    problem,
    opened,
    import: importing,
    selection,

    /** Reads what is shown, and keeps it as it is by now until `leave`. */
    async load() {
      isShown = true;
      await refresh(undefined);
      // What was deleted is gone whether that is known or not.
      await selection.readDeleted().catch(() => {});
    },

    leave() {
      isShown = false;
    },

    async narrow(wanted: ExampleFilter) {
      filter.value = wanted;
      await find(wanted);
    },

    /** Has the rows from `first` to `last` read, with those around them, before what is held of them runs out. */
    async show(first: number, last: number) {
      const near = (ids.value ?? []).slice(Math.max(0, first - fewestAround), last + 1 + fewestAround);
      if (near.some((id) => !rows.value.has(id))) await fetchRows({ first, last });
    },

    /**
     * Stores a changed example; the rest of what is shown stays as it is.
     * @returns why it could not be stored
     */
    async write({ id, revision = 0 }: StoredExample, example: TuningExample): Promise<Problem | undefined> {
      try {
        await client.send('examples/change', { id, revision, example });
        check.value = undefined;
        tags.value = [...new Set([...tags.value, ...(example.tags ?? [])])].sort();
        await refreshRows([id]);
        return undefined;
      } catch (error) {
        // So that it opens as it is by now.
        await refreshRows([id]).catch(() => {});
        return problemOf(error);
      }
    },

    remove(removed: readonly ExampleId[]) {
      for (const id of removed) opened.delete(id);
      return change(() => client.send('examples/delete', { ids: removed }));
    },

    /** Puts all examples on a side of the split. Stopped, it leaves those that it has not come to as they were. */
    async split(seed: number, validationShare: number) {
      const own = new AbortController();
      stoppingSplit = own;
      splitting.value = 0;
      const isDone = await change(async () => {
        const { ids: all } = await client.send('examples/find', { filter: {} });
        for (let from = 0; from < all.length && !own.signal.aborted; from += mostExamplesAtOnce) {
          await client.send('examples/split', { ids: all.slice(from, from + mostExamplesAtOnce), seed, validationShare });
          splitting.value = Math.min(1, (from + mostExamplesAtOnce) / all.length);
        }
      });
      splitting.value = undefined;
      return isDone;
    },

    stopSplit: () => stoppingSplit?.abort(),

    /** Mends all that these problems are about, as far as they can be; what is left is found by the next check. */
    mend(problems: readonly StoredProblem[]) {
      const byId = new Map<ExampleId, { readonly id: ExampleId; readonly revision: number; readonly mends: Mend[] }>();
      for (const { id, revision = 0, mend } of problems) {
        if (!id || !mend) continue;
        const known = byId.get(id);
        if (known) known.mends.push(mend);
        else byId.set(id, { id, revision, mends: [mend] });
      }
      const mended = [...byId.values()];
      return change(async () => {
        for (let from = 0; from < mended.length; from += mostExamplesAtOnce) {
          await client.send('examples/mend', { examples: mended.slice(from, from + mostExamplesAtOnce) });
        }
      });
    },

    /** One that is shown, and what it comes to with its system prompt and without; nothing when it is gone. */
    async preview(id: ExampleId) {
      let previewed: { readonly example: TuningExample; readonly tokens: ExampleTokenCounts } | undefined;
      await attempt(async () => {
        const [stored] = await readExamples([id]);
        if (stored) previewed = { example: stored.example, tokens: await client.send('examples/count-tokens', { id }) };
      });
      return previewed;
    },

    /** What the set asks about and is told, by some of it; nothing when it could not be read. */
    async denialGround(): Promise<DenialGround | undefined> {
      let ground: DenialGround | undefined;
      await attempt(async () => {
        const { ids: all } = await client.send('examples/find', { filter: {} });
        const step = Math.max(1, Math.floor(all.length / mostSampled));
        const sample = all.filter((_, index) => index % step === 0).slice(0, mostSampled);
        ground = denialGround((await readExamples(sample)).map(({ example }) => example));
      });
      return ground;
    },

    /** Adds examples with a tag, and shows those with the tag. */
    async addAndShow(added: readonly TuningExample[], tag: string) {
      const examples = added.map((example) => ({ ...example, tags: [tag] }));
      if (!(await change(() => client.send('examples/add', { examples, startedAt: Date.now(), first: 0 })))) return;
      filter.value = { tag };
      await find(filter.value);
    },

    async runCheck() {
      checking.value = 0;
      try {
        const result = await client.send('examples/check', null);
        check.value = result;
        problem.value = undefined;
      } catch (error) {
        const failed = problemOf(error);
        // Stopped by the person, who knows.
        problem.value = failed.code === 'interrupted' ? undefined : failed;
      } finally {
        checking.value = undefined;
      }
    },

    stopCheck: () => void client.send('examples/stop-check', null).catch(() => {}),

    /** Saves the examples that are shown, or one side of their split, as a file. What is stopped leaves none. */
    async export(form: ExportForm, name: string, options: ExportOptions) {
      isBusy.value = true;
      exported.value = undefined;
      exporting.value = 0;
      const own = new AbortController();
      stoppingExport = own;
      const wanted = ids.value ?? [];
      await attempt(async () => {
        const file = await client.makeFile();
        const report = (done: number) => {
          exporting.value = done / wanted.length;
        };
        try {
          const count = await exportFile(form, wanted, { read: readExamples, write: file.write, report, signal: own.signal }, options);
          if (count.written > 0) await file.save(name);
          else await file.giveUp();
          exported.value = count;
        } catch (error) {
          await file.giveUp();
          // The person knows.
          if (!own.signal.aborted) throw error;
        }
      });
      exporting.value = undefined;
      isBusy.value = false;
    },

    stopExport: () => stoppingExport?.abort(),

    receive(event: LibraryEvent) {
      if (event.type === 'examples-checked' && checking.value !== undefined) checking.value = event.done / Math.max(1, event.total);
      if (event.type !== 'examples-changed') return;
      check.value = undefined;
      // All of these end with all being read anew.
      if (!isShown || importing.outcome.value?.state === 'running' || splitting.value !== undefined || selection.work.value) return;
      const { id } = event;
      void (id !== undefined && ids.value?.includes(id) ? attempt(() => refreshRows([id])) : refresh(undefined));
    },
  };
}
