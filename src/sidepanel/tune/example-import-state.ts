import { signal } from '@preact/signals';
import * as v from 'valibot';
import { type Problem, ProblemError } from '../../core/problem';
import type { TuningExample } from '../../core/tuning/example';
import { exampleCharacters } from '../../core/tuning/example-characters';
import type { FormName } from '../../core/tuning/forms/form';
import { looksLikeTable, readExamples } from '../../core/tuning/forms/read-examples';
import type { ReadFlaw } from '../../core/tuning/forms/read-result';
import { likelyDelimiter, readTableRows } from '../../core/tuning/forms/read-table-rows';
import { type ColumnMapping, type ColumnUse, guessMapping } from '../../core/tuning/forms/table';
import { mostExampleCharactersAtOnce, mostExamplesAtOnce } from '../../protocol/example-requests';
import { tuningExampleSchema } from '../../protocol/example-schema';
import type { Client } from '../client';
import { attemptNoting } from '../state/attempt-noting';
import { fileText } from './file-text';

export type ExampleImportState = ReturnType<typeof createExampleImportState>;

/** What a file looks like, before anything of it is stored. */
export interface ExamplePreview {
  readonly file: File;
  readonly form: FormName | undefined;
  /** Of a table. */
  readonly table: { readonly delimiter: string; readonly header: readonly string[]; readonly mapping: ColumnMapping } | undefined;
  /** The first of it. */
  readonly examples: readonly TuningExample[];
}

export interface LineFlaw extends ReadFlaw {
  readonly line: number;
}

/** How far an import is, or what came of it. */
export interface ImportOutcome {
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  /** Of the file. */
  readonly readBytes: number;
  readonly totalBytes: number;
  readonly imported: number;
  /** Since it began; 0 until one is stored. */
  readonly importedPerSecond: number;
  readonly flawCount: number;
  /** The first of them. */
  readonly flaws: readonly LineFlaw[];
}

const previewedBytes = 200_000;
const previewedExamples = 3;
const flawsShown = 200;
/** Of what is too long, or has too many turns, to be stored. */
const refusal: ReadFlaw = { code: 'too-large' };
/** Two frames: longer, and typing would stutter. */
const sliceMs = 30;

/** A file of examples: looked at, then read and stored some at a time, so that neither the panel stands still nor the file is ever held whole. */
export function createExampleImportState(client: Pick<Client, 'send'>, changed: () => Promise<void>) {
  const preview = signal<ExamplePreview | undefined>();
  const outcome = signal<ImportOutcome | undefined>();
  const problem = signal<Problem | undefined>();
  let stopping: AbortController | undefined;
  /** Of the newest look at a file. */
  let lookNumber = 0;

  const look = async (file: File, chosen: { delimiter?: string; mapping?: ColumnMapping } = {}) => {
    lookNumber += 1;
    const own = lookNumber;
    const show = (looked: ExamplePreview) => {
      if (own === lookNumber) preview.value = looked;
    };
    if (file.size === 0) throw new ProblemError({ code: 'file-empty' });
    // Its last line is cut off, as a rule.
    const isCut = file.size > previewedBytes;
    const texts = () => fileText(file.slice(0, previewedBytes));
    let head = '';
    for await (const text of texts()) head += text;
    if (!looksLikeTable(head)) {
      const examples: TuningExample[] = [];
      let form: FormName | undefined;
      for await (const read of readExamples(texts(), { isTable: false })) {
        if (!read.example) continue;
        form ??= read.form;
        if (examples.push(read.example) >= previewedExamples) break;
      }
      if (examples.length === 0) throw new ProblemError({ code: 'examples-unknown' });
      show({ file, form, table: undefined, examples });
      return;
    }
    const delimiter = chosen.delimiter || likelyDelimiter(head);
    let header: readonly string[] | undefined;
    for await (const { cells } of readTableRows(texts(), delimiter)) {
      header = cells;
      break;
    }
    const mapping = chosen.mapping ?? guessMapping(header ?? []);
    const examples: TuningExample[] = [];
    for await (const { example } of readExamples(texts(), { isTable: true, delimiter, mapping })) {
      if (example && examples.push(example) >= previewedExamples) break;
    }
    if (!header || (examples.length === 0 && !isCut)) throw new ProblemError({ code: 'examples-unknown' });
    show({ file, form: 'table', table: { delimiter, header, mapping }, examples });
  };

  const attempt = attemptNoting(problem);

  const run = async ({ file, table }: ExamplePreview, signal: AbortSignal) => {
    const startedAt = Date.now();
    const begunAt = performance.now();
    let [read, queued, stored, flawCount, characters] = [0, 0, 0, 0, 0];
    let storing: Promise<void> = Promise.resolve();
    let batch: TuningExample[] = [];
    const flaws: LineFlaw[] = [];
    const tell = (state: ImportOutcome['state']) => {
      const importedPerSecond = stored / Math.max(0.001, (performance.now() - begunAt) / 1_000);
      outcome.value = { state, readBytes: read, totalBytes: file.size, imported: stored, importedPerSecond, flawCount, flaws: [...flaws] };
    };
    const send = async () => {
      if (batch.length === 0) return;
      // One batch is stored while the next is read.
      await storing;
      const { length } = batch;
      storing = client.send('examples/add', { examples: batch, startedAt, first: queued }).then(() => {
        stored += length;
      });
      // Whether it failed is seen when it is waited for.
      storing.catch(() => {});
      queued += length;
      [batch, characters] = [[], 0];
    };
    tell('running');
    try {
      const texts = fileText(file, (bytes) => {
        read = bytes;
      });
      const options = table ? { isTable: true, delimiter: table.delimiter, mapping: table.mapping } : { isTable: false };
      let until = performance.now() + sliceMs;
      for await (const { line, example: made, flaws: found } of readExamples(texts, options)) {
        const example = made && { ...made, source: `${file.name}:${line}`.slice(-1_000) };
        // The worker refuses all examples that it is sent at once if it must refuse one of them.
        const isRefused = example !== undefined && !v.is(tuningExampleSchema, example);
        const told = isRefused ? [...found, refusal] : found;
        flawCount += told.length;
        for (const flaw of told) if (flaws.length < flawsShown) flaws.push({ ...flaw, line });
        if (example && !isRefused) {
          const own = exampleCharacters(example);
          if (characters + own > mostExampleCharactersAtOnce) await send();
          batch.push(example);
          characters += own;
        }
        if (batch.length >= mostExamplesAtOnce) await send();
        if (performance.now() < until) continue;
        tell('running');
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (signal.aborted) break;
        until = performance.now() + sliceMs;
      }
      await send();
      await storing;
      tell(signal.aborted ? 'stopped' : 'done');
    } catch (error) {
      tell('failed');
      throw error;
    }
  };

  return {
    preview,
    outcome,
    problem,

    /** Looks at a file; nothing is stored. */
    async choose(file: File) {
      outcome.value = undefined;
      preview.value = undefined;
      await attempt(() => look(file));
    },

    /** Reads the table with its columns separated by something else; what they hold is guessed anew. */
    async separate(delimiter: string) {
      const shown = preview.value;
      if (shown?.table) await attempt(() => look(shown.file, { delimiter }));
    },

    /** @param column counted from 0; absent: none holds it */
    async assign(use: ColumnUse, column: number | undefined) {
      const shown = preview.value;
      if (!shown?.table) return;
      const { [use]: _, ...others } = shown.table.mapping;
      const mapping: ColumnMapping = column === undefined ? others : { ...others, [use]: column };
      // At once, for the next choice may come before the examples have been read again.
      preview.value = { ...shown, table: { ...shown.table, mapping } };
      await attempt(() => look(shown.file, { delimiter: shown.table?.delimiter ?? '', mapping }));
    },

    async start() {
      const chosen = preview.value;
      if (!chosen || outcome.value?.state === 'running') return;
      preview.value = undefined;
      const own = new AbortController();
      stopping = own;
      await attempt(() => run(chosen, own.signal));
      await changed();
    },

    /** What has come stays. */
    stop() {
      stopping?.abort();
    },

    close() {
      preview.value = undefined;
      outcome.value = undefined;
      problem.value = undefined;
    },
  };
}
