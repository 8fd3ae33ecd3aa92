/// <reference path="../../src/core/import/papaparse.d.ts" />
import { parse } from 'papaparse';
import { readExamples } from '../../src/core/tuning/forms/read-examples';
import { fileText } from '../../src/sidepanel/tune/file-text';

// Runs in a page of the extension, beside the file that is imported: what reading it costs by itself.

export interface ReadingFigures {
  readonly ms: number;
  readonly rows: number;
}

/** Reads the rows of a table with PapaParse, all of its text at once, which it likes best, and does nothing with them. */
export async function readWithPapaParse(): Promise<ReadingFigures> {
  const startedAt = performance.now();
  let all = '';
  for await (const text of fileText(chosenFile())) all += text;
  const { data } = parse(all, { delimiter: ',', newline: '\n', preview: 0, fastMode: false });
  // The first has the names of the columns; what comes after the last line break is none.
  return { ms: performance.now() - startedAt, rows: data.filter((cells) => cells.length > 1).length - 1 };
}

/** Parses each line as JSON, and does nothing with it. */
export async function parseLines(): Promise<ReadingFigures> {
  let rows = 0;
  const startedAt = performance.now();
  let held = '';
  for await (const text of fileText(chosenFile())) {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) if (typeof JSON.parse(line) === 'object') rows += 1;
  }
  return { ms: performance.now() - startedAt, rows };
}

/** Reads the examples of the file as an import does, and stores none. */
export async function readAsHere(isTable: boolean): Promise<ReadingFigures> {
  let rows = 0;
  const startedAt = performance.now();
  for await (const { example } of readExamples(fileText(chosenFile()), { isTable })) if (example) rows += 1;
  return { ms: performance.now() - startedAt, rows };
}

function chosenFile(): File {
  const file = document.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  if (!file) throw new Error('No file was chosen.');
  return file;
}
