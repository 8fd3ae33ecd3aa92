import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { writeExport } from '../../../src/background/data/write-export';
import { zipWriter } from '../../../src/background/data/zip-writer';
import { problemOf } from '../../../src/core/problem';
import type { ExportKind } from '../../../src/protocol/file-work';
import type { Library } from '../../../src/storage/schema';
import { fillPage } from '../../support/filled-library';
import { memoryFile } from '../../support/memory-file';
import { temporaryLibrary } from '../../support/temporary-library';

async function exported(library: Library, kind: ExportKind, allVersions = false, stopping = new AbortController()): Promise<Uint8Array> {
  const file = memoryFile();
  const report = (done: number) => {
    if (done === 2) stopping.abort(new Error('stopped'));
  };
  await writeExport(file.write, kind, allVersions, { library, now: () => 1_700_000_000_000, report, signal: stopping.signal });
  return new Uint8Array(await file.blob().arrayBuffer());
}

const never = { abort() {}, signal: new AbortController().signal } as unknown as AbortController;
const texts = [
  { text: 'First.', capturedAt: 1 },
  { text: 'Second.', capturedAt: 2 },
];

it('gives each page a file of its own, where titles are the same too, with its current text', async () => {
  const library = await temporaryLibrary();
  for (const [id, path] of ['a', 'b', 'A'].entries()) await fillPage(library, { id: path, path: `page-${id}`, texts });
  const files = unzipSync(await exported(library, 'markdown', false, never));
  expect(Object.keys(files).sort()).toEqual(['About A.md', 'About a (2).md', 'About b.md']);
  expect(strFromU8(files['About b.md'] ?? new Uint8Array())).toMatch(/^---\ntitle: "About b"\n[\s\S]*\n---\n\nSecond\.\n$/);
});

it('writes earlier versions when they are wanted', async () => {
  const library = await temporaryLibrary();
  await fillPage(library, { id: 'a', texts });
  const lineOf = async (allVersions: boolean) => JSON.parse(strFromU8(await exported(library, 'json-lines', allVersions, never)));
  expect(await lineOf(false)).toMatchObject({ id: 'a', text: 'Second.' });
  expect((await lineOf(true)).versions.map(({ text }: { text: string }) => text)).toEqual(['First.', 'Second.']);
});

it('is a list of nothing for an empty library', async () => {
  const library = await temporaryLibrary();
  expect(JSON.parse(strFromU8(await exported(library, 'csl-json', false, never)))).toEqual([]);
  expect(unzipSync(await exported(library, 'markdown', false, never))).toEqual({});
});

it('ends between two pages when it is stopped', async () => {
  const library = await temporaryLibrary();
  for (const id of ['a', 'b', 'c']) await fillPage(library, { id, texts });
  await expect(exported(library, 'bibtex')).rejects.toThrow('stopped');
});

it('says so when there are more files than a zip can hold', async () => {
  const zip = zipWriter(async () => {}, new Date(2020, 1, 1));
  const code = await (async () => {
    for (let number = 0; ; number++) await zip.add(String(number), new Uint8Array(), false);
  })().catch((error: unknown) => problemOf(error).code);
  expect(code).toBe('file-too-large');
});
