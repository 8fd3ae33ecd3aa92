import { ProblemError } from '../../core/problem';
import type { TuningExample } from '../../core/tuning/example';
import type { FormName, WriteOptions } from '../../core/tuning/forms/form';
import { TrainingFolder } from '../../core/tuning/forms/training-folder';
import { ExampleWriter, type WrittenFile } from '../../core/tuning/forms/write-examples';
import type { ExampleId, StoredExample } from '../../core/tuning/stored-example';
import { mostExamplesAtOnce } from '../../protocol/example-requests';
import { storedZip, type WriteBytes } from './stored-zip';

export type ExportForm = FormName | 'folder';
export type ExportOptions = WriteOptions & { readonly delimiter?: string };

export interface ExportTools {
  /** Those that are there, in order; at most `mostExamplesAtOnce`. */
  readonly read: (ids: readonly ExampleId[]) => Promise<readonly StoredExample[]>;
  readonly write: WriteBytes;
  /** @param done how many of them have been read */
  readonly report: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Texts are gathered up to this length and then written: each writing is a message of the browser's. */
const gatheredCharacters = 1_000_000;

/**
 * Writes examples as a file of a form, or as a folder to train from, some at a time, so that neither they nor the file are ever held whole.
 * @throws ProblemError `interrupted` when the signal is aborted, `file-too-large` for a folder of more than 4 GB; and whatever reading and writing throw
 */
export async function exportFile(
  form: ExportForm,
  ids: readonly ExampleId[],
  tools: ExportTools,
  options: ExportOptions = {},
): Promise<WrittenFile> {
  const count = { written: 0, leftOut: 0 };
  if (form === 'folder') {
    await writeFolder(ids, tools, count);
    return count;
  }
  const writer = new ExampleWriter(form, count, options);
  const texts = textWriter(tools.write);
  await texts.add(writer.begin());
  for await (const { example } of eachOf(ids, tools, tools.report)) await texts.add(writer.write(example));
  await texts.add(writer.end());
  await texts.flush();
  return count;
}

/** What is kept for validation is read twice, for a zip has one file after the other. */
async function writeFolder(ids: readonly ExampleId[], tools: ExportTools, count: WrittenFile): Promise<void> {
  const folder = new TrainingFolder(count);
  const zip = storedZip(tools.write);
  const texts = textWriter(zip.write);
  const apart: ExampleId[] = [];
  zip.begin('data/train.jsonl');
  for await (const { id, example } of eachOf(ids, tools, tools.report)) {
    const side = folder.sideOf(example);
    if (side === 'train') await texts.add(folder.write(example, side));
    else if (side) apart.push(id);
  }
  await texts.flush();
  if (apart.length > 0) {
    zip.begin('data/validation.jsonl');
    for await (const { example } of eachOf(apart, tools)) await texts.add(folder.write(example, 'validation'));
    await texts.flush();
  }
  for (const { path, text } of folder.files()) {
    zip.begin(path);
    await texts.add(text);
    await texts.flush();
  }
  await zip.end();
}

async function* eachOf(
  ids: readonly ExampleId[],
  { read, signal }: ExportTools,
  report: (done: number) => void = () => {},
): AsyncGenerator<{ readonly id: ExampleId; readonly example: TuningExample }, void, void> {
  for (let from = 0; from < ids.length; from += mostExamplesAtOnce) {
    if (signal.aborted) throw new ProblemError({ code: 'interrupted' });
    yield* await read(ids.slice(from, from + mostExamplesAtOnce));
    report(Math.min(ids.length, from + mostExamplesAtOnce));
  }
}

function textWriter(write: WriteBytes) {
  const encoder = new TextEncoder();
  let gathered: string[] = [];
  let characters = 0;
  const flush = async () => {
    const text = gathered.join('');
    [gathered, characters] = [[], 0];
    if (text !== '') await write(encoder.encode(text));
  };
  return {
    flush,
    async add(text: string) {
      gathered.push(text);
      characters += text.length;
      if (characters >= gatheredCharacters) await flush();
    },
  };
}
