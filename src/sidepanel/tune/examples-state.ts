import { signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import { type Problem, problemOf } from '../../core/problem';
import { systemPromptOf, type TuningExample } from '../../core/tuning/example';
import type { FormName, WriteOptions } from '../../core/tuning/form';
import type { ExampleId, StoredExample } from '../../core/tuning/stored-example';
import { trainingFolder } from '../../core/tuning/training-folder';
import { writeExamples } from '../../core/tuning/write-examples';
import { type ExampleCheck, type ExampleFilter, mostExamplesAtOnce, type StoredProblem } from '../../protocol/example-requests';
import type { LibraryEvent } from '../../protocol/library-events';
import type { Client } from '../client';
import { createExampleImportState } from './example-import-state';
import { zipTexts } from './zip-texts';

export type ExamplesState = ReturnType<typeof createExamplesState>;

/** Rows held around those in sight: some ten screens, so that a turn of the wheel finds what it comes to. */
const rowsAround = 60;
/** When fewer than these are left of them, others are fetched. */
const fewestAround = 30;
const mostMendsAtOnce = 1_000;

/** The examples to train on: which are shown, what the check said of them, and the files they come from and go to. */
export function createExamplesState(client: Pick<Client, 'send' | 'saveBlob'>) {
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
  const exported = signal<{ readonly written: number; readonly leftOut: number } | undefined>();
  const problem = signal<Problem | undefined>();

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      problem.value = undefined;
      return true;
    } catch (error) {
      problem.value = problemOf(error);
      return false;
    }
  };

  const find = newestOnly(async (wanted: ExampleFilter) => {
    await attempt(async () => {
      const found = await client.send('examples/find', { filter: wanted });
      ids.value = found.ids;
      tags.value = found.tags;
      total.value = found.total;
    });
  });

  const fetchRows = newestOnly(async ({ first, last }: { readonly first: number; readonly last: number }) => {
    const wanted = (ids.value ?? []).slice(Math.max(0, first - rowsAround), last + 1 + rowsAround);
    const missing = wanted.filter((id) => !rows.value.has(id)).slice(0, mostExamplesAtOnce);
    if (missing.length === 0) return;
    await attempt(async () => {
      const read = await client.send('examples/read', { ids: missing });
      // Those that are gone stay missing.
      if (read.length === 0) return;
      const kept = wanted.flatMap((id) => rows.value.get(id) ?? []);
      rows.value = new Map([...kept, ...read].map((row) => [row.id, row]));
    });
  });

  /** What is shown is read anew; what the check said holds no longer. */
  const reload = async () => {
    check.value = undefined;
    rows.value = new Map();
    await find(filter.value);
  };

  const change = async (work: () => Promise<unknown>): Promise<boolean> => {
    isBusy.value = true;
    try {
      return await attempt(async () => {
        await work();
        await reload();
      });
    } finally {
      isBusy.value = false;
    }
  };

  return {
    filter,
    ids,
    total,
    tags,
    rows,
    check,
    checking,
    isBusy,
    exported,
    problem,
    load: () => find(filter.value),
    import: createExampleImportState(client, reload),

    async narrow(wanted: ExampleFilter) {
      filter.value = wanted;
      await find(wanted);
    },

    /** Has the rows from `first` to `last` read, with those around them, before what is held of them runs out. */
    async show(first: number, last: number) {
      const near = (ids.value ?? []).slice(Math.max(0, first - fewestAround), last + 1 + fewestAround);
      if (near.some((id) => !rows.value.has(id))) await fetchRows({ first, last });
    },

    /** Stores a changed example; the rest of what is shown stays as it is. */
    async write(id: ExampleId, example: TuningExample): Promise<boolean> {
      return attempt(async () => {
        await client.send('examples/change', { id, example });
        check.value = undefined;
        const stored = rows.value.get(id);
        if (stored) rows.value = new Map([...rows.value, [id, { ...stored, example }]]);
        tags.value = [...new Set([...tags.value, ...(example.tags ?? [])])].sort();
      });
    },

    remove: (removed: readonly ExampleId[]) => change(() => client.send('examples/delete', { ids: removed })),

    split: (seed: number, validationShare: number) => change(() => client.send('examples/split', { seed, validationShare })),

    /** Mends all that these problems are about, as far as they can be; what is left is found by the next check. */
    mend(problems: readonly StoredProblem[]) {
      const mends = problems.flatMap(({ id, mend }) => (id && mend ? [{ id, mend }] : []));
      return change(async () => {
        for (let from = 0; from < mends.length; from += mostMendsAtOnce) {
          await client.send('examples/mend', { mends: mends.slice(from, from + mostMendsAtOnce) });
        }
      });
    },

    /** Adds examples to be edited, with the system prompt that the set begins with, and shows them: those with the tag. */
    async addDrafts(drafts: readonly { readonly question: string; readonly answer: string }[], tag: string) {
      const isAdded = await change(async () => {
        const { ids: all } = await client.send('examples/find', { filter: {} });
        const [first] = all.length > 0 ? await client.send('examples/read', { ids: all.slice(0, 1) }) : [];
        const system = first && systemPromptOf(first.example);
        const examples = drafts.map(({ question, answer }) => ({
          conversation: [...(system ? [{ role: 'system', content: system }] : []), { role: 'user', content: question }],
          answer: { role: 'assistant', content: answer },
          tags: [tag],
        }));
        await client.send('examples/add', { examples, startedAt: Date.now(), first: 0 });
      });
      if (!isAdded) return;
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

    /** Saves the examples that are shown, or one side of their split, as a file. */
    async export(form: FormName | 'folder', name: string, options: WriteOptions & { readonly delimiter?: string }) {
      isBusy.value = true;
      exported.value = undefined;
      await attempt(async () => {
        const count = { written: 0, leftOut: 0 };
        const parts: BlobPart[] = [];
        const wanted = ids.value ?? [];
        const batches: TuningExample[][] = [];
        for (let from = 0; from < wanted.length; from += mostExamplesAtOnce) {
          const read = await client.send('examples/read', { ids: wanted.slice(from, from + mostExamplesAtOnce) });
          batches.push(read.map(({ example }) => example));
        }
        if (form === 'folder') {
          const folder = zipTexts(trainingFolder(batches.flat(), count));
          if (count.written > 0) client.saveBlob(name, folder);
        } else {
          for (const piece of writeExamples(form, batches.flat(), count, options)) parts.push(piece);
          if (count.written > 0) client.saveBlob(name, new Blob(parts, { type: 'text/plain' }));
        }
        exported.value = count;
      });
      isBusy.value = false;
    },

    receive(event: LibraryEvent) {
      if (event.type === 'examples-checked' && checking.value !== undefined) checking.value = event.done / Math.max(1, event.total);
    },
  };
}
