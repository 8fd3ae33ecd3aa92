import { describe, expect, it } from 'vitest';
import { receiveCapture } from '../../../src/background/capture/receive-capture';
import { measureBacklog } from '../../../src/background/embedding/embedding-backlog';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import { followSettings } from '../../../src/background/model-access/follow-settings';
import type { JobId } from '../../../src/core/pages/job';
import { type ProblemCode, ProblemError } from '../../../src/core/problem';
import { listJobs } from '../../../src/storage/pages/jobs';
import { listPages, touchPage } from '../../../src/storage/pages/pages';
import { startRun } from '../../../src/storage/vectors/embedding-run';
import { readVectorModels } from '../../../src/storage/vectors/vector-models';
import { capturedPage } from '../../support/captured-page';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { temporaryLibrary } from '../../support/temporary-library';

const [key, otherKey] = ['https://models.example/v1 small', 'https://models.example/v1 large'];

/** A library of one page that a model failed to embed. */
async function stoppedLibrary(code: ProblemCode) {
  const library = await temporaryLibrary();
  const page = capturedPage('The lamp burns oil.');
  let lastId = 0;
  const tools = { library, wasExpected: async () => true, now: () => ++lastId, newId: () => `id-${++lastId}` };
  await receiveCapture(page, { id: 1, url: page.url }, tools);
  const embed = async () => {
    throw new ProblemError({ code });
  };
  await jobRunner(jobRunnerTools(library, { embeddingModel: async () => ({ key, name: 'small', embed }) })).run();
  return library;
}

const backlogPages = async (library: Awaited<ReturnType<typeof temporaryLibrary>>, modelKey: string) =>
  (await measureBacklog(library, modelKey, async () => (text) => text.length, { costOfWork: async () => ({ kind: 'local' }) })).pages;

describe('saving settings', () => {
  it('lets a job that the model stopped go on while the model is the same', async () => {
    const library = await stoppedLibrary('model-key-refused');
    await followSettings(library, key, key);
    expect(await listJobs(library)).toMatchObject([{ kind: 'embed', attempts: 0, notBefore: 0 }]);
  });

  it('leaves it to the person whether another model is sent what a job was to send', async () => {
    const library = await stoppedLibrary('model-key-refused');
    await followSettings(library, key, otherKey);
    expect(await listJobs(library)).toEqual([]);
    expect(await backlogPages(library, otherKey)).toBe(1);
  });

  it('pauses a run when its model is no longer the chosen one, and does not set it going when it is again', async () => {
    const library = await temporaryLibrary();
    await startRun(library, key, 'run' as JobId);
    await followSettings(library, key, key);
    expect((await readVectorModels(library)).run?.isPaused).toBe(false);
    await followSettings(library, key, undefined);
    await followSettings(library, undefined, key);
    expect((await readVectorModels(library)).run?.isPaused).toBe(true);
  });
});

describe('what is still to be sent', () => {
  it('counts a page whose job waits for the person, and not one whose job goes on by itself', async () => {
    expect(await backlogPages(await stoppedLibrary('model-key-refused'), key)).toBe(1);
    expect(await backlogPages(await stoppedLibrary('model-unreachable'), key)).toBe(0);
  });

  it('is not fewer for a page that lost its vectors while it was being saved again', async () => {
    const library = await stoppedLibrary('model-key-refused');
    const [page] = await listPages(library);
    if (page) await touchPage(library, { ...page, embeddedWith: [key] });
    expect(await backlogPages(library, key)).toBe(1);
  });
});
