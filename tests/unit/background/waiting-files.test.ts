import { describe, expect, it } from 'vitest';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import { storeFile } from '../../../src/background/ingest/store-file';
import type { CapturedPage } from '../../../src/core/pages/page';
import { ProblemError } from '../../../src/core/problem';
import { listJobs, removeJob } from '../../../src/storage/pages/jobs';
import { listPages, readPage } from '../../../src/storage/pages/pages';
import type { Library, UnreadFile } from '../../../src/storage/schema';
import { capturedPage } from '../../support/captured-page';
import { dyingLibrary } from '../../support/dying-library';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { temporaryLibrary } from '../../support/temporary-library';

let lastId = 0;
const add = (library: Library, content: string, fileName = 'lamps.txt') =>
  storeFile({ file: new Blob([content]), fileName, contentType: '' }, { library, now: () => ++lastId, newId: () => `id-${++lastId}` });

/** Reads a file as its own words, and counts how often it is asked to. */
function reader(before: (file: UnreadFile) => Promise<void> = async () => {}) {
  const read: string[] = [];
  const readFile = async (file: UnreadFile): Promise<CapturedPage> => {
    read.push(file.fileName);
    await before(file);
    const { url, canonicalUrl, fileName, capturedAt } = file;
    return capturedPage(await file.file.text(), { url, canonicalUrl, site: fileName, title: 'Lamps', capturedAt });
  };
  return { read, readFile };
}

describe('a file', () => {
  it('is read when its turn comes, and is a page like any other from then on', async () => {
    const library = await temporaryLibrary();
    const job = await add(library, 'The lamp burns oil.');
    expect(job).toMatchObject({ step: 'reading', title: 'lamps' });
    const steps: string[] = [];
    await jobRunner(jobRunnerTools(library, { ...reader(), report: ({ step }) => steps.push(step) })).run();
    expect(steps).toEqual(['reading', 'received', 'indexing', 'done']);
    const [page] = await listPages(library);
    expect(page).toMatchObject({ id: job.pageId, title: 'Lamps', canonicalUrl: job.canonicalUrl });
    expect(job.canonicalUrl).toMatch(/^file-sha256:[0-9a-f]{64}$/);
    expect((await readPage(library, job.pageId)).version.text).toBe('The lamp burns oil.');
    expect(await library.count('captures')).toBe(0);
  });

  it('that is added again, under whatever name, is the same page', async () => {
    const library = await temporaryLibrary();
    for (const name of ['lamps.txt', 'copy of lamps.txt']) {
      await add(library, 'The lamp burns oil.', name);
      await jobRunner(jobRunnerTools(library, reader())).run();
    }
    const pages = await listPages(library);
    expect(pages).toMatchObject([{ site: 'copy of lamps.txt', version: 1 }]);
  });

  it('that cannot be read stays in the queue with its problem, and is read when the person asks for it again', async () => {
    const library = await temporaryLibrary();
    const job = await add(library, 'The lamp burns oil.');
    const refusing = reader(() => Promise.reject(new ProblemError({ code: 'pdf-broken' })));
    await jobRunner(jobRunnerTools(library, refusing)).run();
    expect(await listJobs(library)).toMatchObject([{ id: job.id, problem: { code: 'pdf-broken' }, notBefore: Number.POSITIVE_INFINITY }]);
    expect(await listPages(library)).toEqual([]);
  });

  it('that is discarded while it is read is not saved', async () => {
    const library = await temporaryLibrary();
    const job = await add(library, 'The lamp burns oil.');
    await jobRunner(
      jobRunnerTools(
        library,
        reader(() => removeJob(library, job.id)),
      ),
    ).run();
    expect([await listJobs(library), await listPages(library), await library.count('captures')]).toEqual([[], [], 0]);
  });

  it('is not lost when the worker dies, and is read once only when it had been read', async () => {
    for (let death = 1; death <= 8; death += 1) {
      const library = await temporaryLibrary();
      await add(library, 'The lamp burns oil.');
      const { read, readFile } = reader();
      const { dying, dead } = dyingLibrary(library, death);
      await Promise.race([jobRunner(jobRunnerTools(dying, { readFile })).run(), dead]);
      const wasRead = (await library.getAll('captures')).some((capture) => !('file' in capture));
      const readBefore = read.length;
      await jobRunner(jobRunnerTools(library, { readFile })).run();
      expect(await listPages(library)).toHaveLength(1);
      if (wasRead) expect(read).toHaveLength(readBefore);
    }
  });
});

it.each([
  ['file-empty', ''],
  ['file-unknown', '\0\u0001\u0002'],
])('a file is refused with %s before it is stored', async (code, content) => {
  const library = await temporaryLibrary();
  await expect(add(library, content)).rejects.toThrow(code);
  expect(await listJobs(library)).toEqual([]);
});
