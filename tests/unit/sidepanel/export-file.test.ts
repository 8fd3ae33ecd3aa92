import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { TuningExample } from '../../../src/core/tuning/example';
import { exampleId, type StoredExample } from '../../../src/core/tuning/stored-example';
import { type ExportForm, exportFile } from '../../../src/sidepanel/tune/export-file';
import { memoryFiles } from '../../support/memory-files';

const example = (number: number): TuningExample => ({
  conversation: [{ role: 'user', content: `What is ${number}? ${'–'.repeat(900)}` }],
  answer: { role: 'assistant', content: `It is ${number}.` },
  ...(number % 10 === 0 ? { split: 'validation' } : {}),
});
const stored = new Map<string, StoredExample>(
  Array.from({ length: 4_000 }, (_, number) => {
    const id = exampleId(1, String(number).padStart(5, '0'));
    return [id, { id, createdAt: 1, example: example(number) }] as const;
  }),
);
const ids = [...stored.values()].map(({ id }) => id);

async function exported(form: ExportForm, { stopAfter = Number.POSITIVE_INFINITY } = {}) {
  const files = memoryFiles();
  const file = await files.make();
  const stopping = new AbortController();
  const told: number[] = [];
  const count = await exportFile(form, ids, {
    read: async (wanted) => wanted.flatMap((id) => stored.get(id) ?? []),
    write: file.write,
    report(done) {
      told.push(done);
      if (done >= stopAfter) stopping.abort();
    },
    signal: stopping.signal,
  });
  await file.save(form);
  return { count, told, files, bytes: files.saved[0]?.bytes ?? new Uint8Array() };
}

it('writes a large file a megabyte or so at a time, and tells how far it is', async () => {
  const { count, told, files, bytes } = await exported('sharegpt');
  expect(count).toEqual({ written: 4_000, leftOut: 0 });
  expect(JSON.parse(strFromU8(bytes))).toHaveLength(4_000);
  expect(bytes.length).toBeGreaterThan(8_000_000);
  expect(files.mostAtOnce).toBeLessThan(4_000_000);
  expect(told).toEqual([500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000]);
});

it('writes a folder as a zip that unpacks to both sides of the split and what goes with them', async () => {
  const { count, files, bytes } = await exported('folder');
  expect(count).toEqual({ written: 4_000, leftOut: 0 });
  expect(files.mostAtOnce).toBeLessThan(4_000_000);
  const folder = unzipSync(bytes);
  expect(Object.keys(folder).sort()).toEqual([
    'Modelfile',
    'README.md',
    'axolotl.yaml',
    'data/dataset_info.json',
    'data/train.jsonl',
    'data/validation.jsonl',
    'llama-factory.yaml',
  ]);
  const lines = (path: string) =>
    strFromU8(folder[path] ?? new Uint8Array())
      .trimEnd()
      .split('\n');
  expect(lines('data/train.jsonl')).toHaveLength(3_600);
  expect(lines('data/validation.jsonl').map((line) => JSON.parse(line).messages.at(-1).content)).toEqual(
    Array.from({ length: 400 }, (_, index) => `It is ${index * 10}.`),
  );
});

it('ends when it is stopped', async () => {
  await expect(exported('table', { stopAfter: 1_000 })).rejects.toMatchObject({ problem: { code: 'interrupted' } });
});
