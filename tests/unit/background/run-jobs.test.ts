import { afterEach, describe, expect, it } from 'vitest';
import { receiveCapture } from '../../../src/background/capture/receive-capture';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import type { CapturedPage } from '../../../src/core/pages/page';
import { splitPassages } from '../../../src/core/pages/split-passages';
import { type ProblemCode, ProblemError } from '../../../src/core/problem';
import { embeddingLimits } from '../../../src/core/vectors/batch-texts';
import type { EmbeddingModel } from '../../../src/models/embedding-model';
import { durabilityOf } from '../../../src/storage/durability-of';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { listJobs, removeJob } from '../../../src/storage/pages/jobs';
import { listPages, readPage } from '../../../src/storage/pages/pages';
import { readScopeEntries } from '../../../src/storage/pages/scope-slabs';
import type { Job, Library, LibraryStore } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { capturedPage } from '../../support/captured-page';
import { dyingLibrary } from '../../support/dying-library';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { makeUnreadable } from '../../support/make-unreadable';
import { storedPassages } from '../../support/stored-passages';
import { temporaryLibrary } from '../../support/temporary-library';

const article = Array.from(
  { length: 200 },
  (_, index) => `## Night ${index}\n\n${'The keeper trimmed the wick and slept badly. '.repeat(8)}`,
).join('\n\n');

const passageCount = splitPassages(article).length;

let setRight = () => {};
afterEach(() => setRight());

let lastId = 0;
const receive = (library: Library, page: CapturedPage) =>
  receiveCapture(
    page,
    { id: 1, url: page.url },
    { library, wasExpected: async () => true, now: () => ++lastId, newId: () => `id-${++lastId}` },
  );

/** A model that counts what it was paid for, and may fail at a call. */
function countingModel(failAt = Number.POSITIVE_INFINITY, code: ProblemCode = 'model-unreachable') {
  const embedded: string[] = [];
  let calls = 0;
  const model: EmbeddingModel = {
    key: 'test model',
    name: 'test',
    async embed(texts) {
      if (++calls === failAt) throw new ProblemError({ code });
      embedded.push(...texts);
      return texts.map((_, index) => Float32Array.from([1, index, 0]));
    },
  };
  return { model, embedded };
}

/** A library of which single records of a store are not read until that is allowed. */
function holdReads(library: Library, store: LibraryStore) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let hold = () => {};
  const isHeld = new Promise<void>((resolve) => {
    hold = resolve;
  });
  const held = new Proxy(library, {
    get(target, property) {
      const value = Reflect.get(target, property) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = () => (value as (...args: unknown[]) => unknown).apply(target, args);
        if (property !== 'get' || args[0] !== store) return call();
        hold();
        return released.then(call);
      };
    },
  });
  return { library: held, isHeld, release };
}

describe('the queue', () => {
  it('makes a captured page searchable and forgets the job', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage(article));
    await jobRunner(jobRunnerTools(library)).run();
    expect(await listJobs(library)).toEqual([]);
    expect(await library.count('captures')).toBe(0);
    const { passages } = await librarySearcher(async () => library).search({ text: 'night 117', limit: 1 });
    expect(article.slice(passages[0]?.start, passages[0]?.end)).toContain('## Night 117');
  });

  it('has a page that is saved while a part of the index is made anew found before that has ended', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'old', { text: 'The lamp of another day.' });
    for (const segment of await library.getAll('segments')) await library.put('segments', { ...segment, analyzerVersion: 1 });
    const held = holdReads(library, 'indexedPages');
    const runner = jobRunner(jobRunnerTools(held.library));
    const running = runner.run();
    await held.isHeld;
    await receive(library, capturedPage(article));
    void runner.run();
    const find = async (text: string) => (await librarySearcher(async () => library).search({ text, limit: 1 })).passages[0]?.pageId;
    await expect.poll(() => find('night 117')).toBeDefined();
    expect(await find('another day')).toBe('old');
    expect((await library.getAll('segments')).some(({ analyzerVersion }) => analyzerVersion === 1)).toBe(true);
    held.release();
    await running;
    expect((await library.getAll('segments')).some(({ analyzerVersion }) => analyzerVersion === 1)).toBe(false);
    expect(await find('another day')).toBe('old');
  });

  it('makes anew what lists go by where a page could not be saved for it, though it is remembered', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'old', { text: 'The lamp of another day.' });
    await readScopeEntries(library);
    setRight = makeUnreadable('scopeSlabs', 0);
    await receive(library, capturedPage(article));
    // In the stead of the transaction, whose end would leave rejections that nobody hears of.
    const unreadable = () => {
      throw new DOMException('Failed to read large IndexedDB value', 'UnknownError');
    };
    await jobRunner(jobRunnerTools(library, { detectLanguage: async () => unreadable() })).run();
    const [failed] = await listJobs(library);
    expect(failed?.problem?.code).toBe('internal');
    await jobRunner(jobRunnerTools(library, { now: () => failed?.notBefore ?? 0 })).run();
    expect(await listJobs(library)).toEqual([]);
    expect((await readScopeEntries(library)).map(({ passageCount }) => passageCount)).toEqual([1, passageCount]);
  });

  it('keeps one page when the same one is saved twice at once', async () => {
    const library = await temporaryLibrary();
    await Promise.all([receive(library, capturedPage(article)), receive(library, capturedPage(article))]);
    await jobRunner(jobRunnerTools(library)).run();
    expect(await listPages(library)).toHaveLength(1);
    expect(await listJobs(library)).toEqual([]);
  });

  it('makes a new version of a page that changed, and keeps the text of the old one', async () => {
    const library = await temporaryLibrary();
    for (const text of ['The lamp burns oil.', 'The lamp burns gas.', 'The lamp burns gas.']) {
      await receive(library, capturedPage(text, { title: 'Lamps' }));
      await jobRunner(jobRunnerTools(library)).run();
    }
    const [page] = await listPages(library);
    expect(page?.version).toBe(2);
    expect((await readPage(library, page?.id as never, 1)).version.text).toBe('The lamp burns oil.');
    expect((await librarySearcher(async () => library).search({ text: 'oil', limit: 5 })).passages).toEqual([]);
  });

  it('goes on with what was saved last when a page is saved again while it is being embedded', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage('The lamp burns oil.', { capturedAt: 1 }));
    const { model } = countingModel();
    let savedAgain = false;
    const embed: EmbeddingModel['embed'] = async (texts) => {
      if (!savedAgain) await receive(library, capturedPage('The lamp burns gas.', { capturedAt: 2 }));
      savedAgain = true;
      return model.embed(texts);
    };
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => ({ ...model, embed }) })).run();
    const [page] = await listPages(library);
    expect((await readPage(library, page?.id as never)).version.text).toBe('The lamp burns gas.');
    expect(await listJobs(library)).toEqual([]);
  });

  it('begins anew, as what was saved last is called, when a page is saved again while it is being embedded', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage('The lamp burns oil.', { capturedAt: 1 }));
    const { model } = countingModel();
    let savedAgain = false;
    const embed: EmbeddingModel['embed'] = async (texts) => {
      if (!savedAgain) await receive(library, capturedPage('The lamp burns gas.', { title: 'Gas lamps', capturedAt: 2 }));
      savedAgain = true;
      return model.embed(texts);
    };
    const received: Job[] = [];
    const report = (job: Job) => void (job.step === 'received' && received.push(job));
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => ({ ...model, embed }), report })).run();
    expect(received).toMatchObject([
      { title: 'Oil lamps', attempts: 1 },
      { title: 'Gas lamps', attempts: 1 },
    ]);
  });

  it('does not hold against a page that is saved again what went wrong with what it was before', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage('The lamp burns oil.', { capturedAt: 1 }));
    const { model } = countingModel();
    let savedAgain = false;
    const embed: EmbeddingModel['embed'] = async (texts) => {
      if (savedAgain) return model.embed(texts);
      savedAgain = true;
      await receive(library, capturedPage('The lamp burns gas.', { capturedAt: 2 }));
      throw new ProblemError({ code: 'page-unreadable' });
    };
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => ({ ...model, embed }) })).run();
    expect(await listJobs(library)).toEqual([]);
    const [page] = await listPages(library);
    expect((await readPage(library, page?.id as never)).version.text).toBe('The lamp burns gas.');
  });

  it('drops a page that was discarded while it was being embedded', async () => {
    const library = await temporaryLibrary();
    const { id } = await receive(library, capturedPage(article));
    const { model } = countingModel();
    const embed: EmbeddingModel['embed'] = async (texts) => {
      await removeJob(library, id);
      return model.embed(texts);
    };
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => ({ ...model, embed }) })).run();
    expect(await listPages(library)).toEqual([]);
    expect(await storedPassages(library)).toEqual([]);
  });

  it('does not pay again for what was embedded before the worker died', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage(article));
    const { model, embedded } = countingModel();
    for (let writes = 0; (await listJobs(library)).length > 0; writes++) {
      const { dying, dead } = dyingLibrary(library, writes);
      await Promise.race([jobRunner(jobRunnerTools(dying, { embeddingModel: async () => model })).run(), dead]);
      expect(writes).toBeLessThan(20);
      expect((await storedPassages(library)).length, 'a page is there wholly or not at all').toSatisfy(
        (count) => count === 0 || count === passageCount,
      );
    }
    expect((await listPages(library)).map((page) => page.embeddedWith)).toEqual([['test model']]);
    // Only a batch that was under way when the worker died may be asked for twice.
    expect(new Set(embedded).size).toBe(passageCount);
    expect(embedded.length - passageCount).toBeLessThanOrEqual(2 * embeddingLimits.inputs);
  });

  it('keeps what was paid for as it will be stored, small enough for the database’s log, when a page cannot be finished', async () => {
    const [library, untroubled] = [await temporaryLibrary(), await temporaryLibrary()];
    const usual = article.slice(0, article.indexOf('## Night 30'));
    let paid = 0;
    const model: EmbeddingModel = {
      key: 'test model',
      name: 'test',
      async embed(texts) {
        paid += texts.length;
        // Longer than the language takes to be told.
        await new Promise((resolve) => setTimeout(resolve));
        return texts.map((_, index) => Float32Array.from({ length: 1_536 }, (_, place) => Math.sin(place * (index + 1))));
      },
    };
    const tools = { embeddingModel: async () => model };
    for (const each of [library, untroubled]) await receive(each, capturedPage(usual));
    await jobRunner(jobRunnerTools(untroubled, tools)).run();
    const passages = paid;
    const detectLanguage = async () => Promise.reject(new Error('No language'));
    await jobRunner(jobRunnerTools(library, { ...tools, detectLanguage })).run();
    const [failed] = await listJobs(library);
    expect(failed).toMatchObject({ kind: 'ingest', problem: { code: 'internal' } });
    expect((await library.getAll('stagedVectors')).map((staged) => durabilityOf([staged]))).toEqual(['relaxed']);
    await jobRunner(jobRunnerTools(library, { ...tools, now: () => failed?.notBefore ?? 0 })).run();
    expect(await listJobs(library)).toEqual([]);
    expect(paid).toBe(2 * passages);
    expect(await library.getAll('vectorBlocks')).toEqual(await untroubled.getAll('vectorBlocks'));
  });

  it('makes a page searchable by words when the model server is down, and adds the vectors when it is back', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage(article));
    const down = countingModel(2);
    let wakeAt: number | undefined;
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => down.model, wakeAt: (time) => (wakeAt = time) })).run();
    expect(await listPages(library)).toHaveLength(1);
    expect((await librarySearcher(async () => library).search({ text: 'keeper', limit: 1 })).passages).toHaveLength(1);
    expect(await listJobs(library)).toMatchObject([{ kind: 'embed', problem: { code: 'model-unreachable' }, notBefore: 1_030_000 }]);
    expect(wakeAt).toBe(1_030_000);

    const back = countingModel();
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => back.model, now: () => 1_030_000 })).run();
    expect(await listJobs(library)).toEqual([]);
    expect((await listPages(library))[0]?.embeddedWith).toEqual(['test model']);
    expect(back.embedded.length + down.embedded.length).toBe(passageCount);
  });

  it('takes nothing of a page when its vectors are of two kinds, and asks for all of them anew', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage(article));
    let dimensions = 2;
    const model: EmbeddingModel = {
      key: 'test model',
      name: 'test',
      embed: async (texts) => texts.map(() => new Float32Array(dimensions++ > 2 ? 3 : 2).fill(1)),
    };
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => model })).run();
    expect((await listPages(library)).map((page) => page.embeddedWith)).toEqual([undefined]);
    expect(await listJobs(library)).toMatchObject([{ kind: 'embed', problem: { code: 'model-malformed' } }]);
    expect(await library.count('stagedVectors')).toBe(0);
    expect(await library.count('vectorBlocks')).toBe(0);
  });

  it('stops paying when the job is discarded', async () => {
    const library = await temporaryLibrary();
    const job = await receive(library, capturedPage(article));
    let batches = 0;
    const model: EmbeddingModel = {
      key: 'test model',
      name: 'test',
      async embed(texts) {
        batches += 1;
        await removeJob(library, job.id);
        return texts.map(() => Float32Array.from([1, 0]));
      },
    };
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => model })).run();
    expect(batches).toBe(1);
    expect(await library.count('stagedVectors')).toBe(0);
    expect(await listPages(library)).toEqual([]);
  });

  it('does not let a page that brings the worker down hold up the others', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage('The poisoned page.', { canonicalUrl: 'https://lamps.example/poison' }));
    const { dying, dead } = dyingLibrary(library, 1);
    await Promise.race([jobRunner(jobRunnerTools(dying)).run(), dead]);
    await receive(library, capturedPage('The lamp burns oil.'));
    const order: string[] = [];
    await jobRunner(jobRunnerTools(library, { report: (job) => order.push(job.canonicalUrl) })).run();
    expect(order[0]).toBe('https://lamps.example/oil');
    expect(await listPages(library)).toHaveLength(2);
  });

  it('files a page under its own address when it claims another site’s', async () => {
    const library = await temporaryLibrary();
    const forged = capturedPage('Ours now.', { url: 'https://evil.example/page', canonicalUrl: 'https://bank.example/terms' });
    expect((await receive(library, forged)).canonicalUrl).toBe('https://evil.example/page');
  });

  it('knows a page again that no longer names its canonical address', async () => {
    const library = await temporaryLibrary();
    const url = 'https://lamps.example/oil?from=menu';
    for (const canonicalUrl of ['https://lamps.example/oil', url]) {
      await receive(library, capturedPage('The lamp burns oil.', { url, canonicalUrl }));
      await jobRunner(jobRunnerTools(library)).run();
    }
    expect(await listPages(library)).toHaveLength(1);
  });

  it('waits for the person where trying again is no use', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage('The lamp burns oil.'));
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => countingModel(1, 'model-key-refused').model })).run();
    expect((await listJobs(library)).map((job: Job) => job.notBefore)).toEqual([Number.POSITIVE_INFINITY]);
  });

  it('concludes nothing from what the browser refuses to a worker that it is ending', async () => {
    const library = await temporaryLibrary();
    await receive(library, capturedPage('The lamp burns oil.'));
    const ending = jobRunnerTools(library, { embeddingModel: () => Promise.reject(new Error('No SW')) });
    await expect(jobRunner(ending).run()).rejects.toThrow('No SW');
    const [left] = await listJobs(library);
    expect(left).toMatchObject({ notBefore: 0 });
    expect(left).not.toHaveProperty('problem');
    await jobRunner(jobRunnerTools(library)).run();
    expect([await listJobs(library), (await listPages(library)).length]).toEqual([[], 1]);
  });

  it('takes a page only from a tab that was asked, and only of its own site', async () => {
    const library = await temporaryLibrary();
    const rest = { library, now: () => 1, newId: () => 'id' };
    const page = capturedPage('The lamp burns oil.');
    await expect(receiveCapture(page, { id: 1, url: page.url }, { ...rest, wasExpected: async () => false })).rejects.toThrow();
    await expect(
      receiveCapture(page, { id: 1, url: 'https://other.example/' }, { ...rest, wasExpected: async () => true }),
    ).rejects.toThrow('page-gone');
    expect(await listJobs(library)).toEqual([]);
  });
});
