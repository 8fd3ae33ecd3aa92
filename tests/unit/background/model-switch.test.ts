import { describe, expect, it } from 'vitest';
import { receiveCapture } from '../../../src/background/capture/receive-capture';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import type { JobId } from '../../../src/core/pages/job';
import type { PageId } from '../../../src/core/pages/page';
import { type ProblemCode, ProblemError } from '../../../src/core/problem';
import { normalizeVector } from '../../../src/core/vectors/quantize-vector';
import type { EmbeddingModel } from '../../../src/models/embedding-model';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { deletePage } from '../../../src/storage/pages/index-page';
import { listJobs } from '../../../src/storage/pages/jobs';
import { listPages } from '../../../src/storage/pages/pages';
import type { Library } from '../../../src/storage/schema';
import { cancelRun, changeRun, resumed, startRun } from '../../../src/storage/vectors/embedding-run';
import { vectorLengths } from '../../../src/storage/vectors/vector-lengths';
import { discardModel, readIndexModel, readVectorModels } from '../../../src/storage/vectors/vector-models';
import { keepVectorTrust } from '../../../src/storage/vectors/vector-trust';
import { capturedPage } from '../../support/captured-page';
import { dyingLibrary } from '../../support/dying-library';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { countVectors } from '../../support/stored-vectors';
import { temporaryLibrary } from '../../support/temporary-library';

const subjects = ['oil', 'gas', 'tallow', 'beeswax', 'whale'];
const runId = 'run' as JobId;

let lastId = 0;
const newId = () => `id-${++lastId}`;

/** Each subject has a direction of its own, another one in each model, and the models' vectors are of different lengths. */
function fakeModel(key: string, failure?: () => ProblemCode | undefined) {
  const sent: string[] = [];
  const dimensions = subjects.length + key.length;
  const vectorOf = (text: string) =>
    normalizeVector(
      Float32Array.from(
        { length: dimensions },
        (_, place) => 0.01 + (text.includes(subjects[(place + key.length) % dimensions] ?? '-') ? 1 : 0),
      ),
    );
  const model: EmbeddingModel = {
    key,
    name: key,
    async embed(texts, _signal, onTokens) {
      const code = failure?.();
      if (code) throw new ProblemError({ code });
      sent.push(...texts);
      onTokens?.(texts.length * 10);
      return texts.map(vectorOf);
    },
  };
  return { model, sent, vectorOf };
}

const save = async (library: Library, subject: string) => {
  const page = capturedPage(`The lamp burns ${subject}.`, { canonicalUrl: `https://lamps.example/${subject}`, title: subject });
  await receiveCapture(page, { id: 1, url: page.url }, { library, wasExpected: async () => true, now: () => ++lastId, newId });
};

type Fake = ReturnType<typeof fakeModel>;

const run = (library: Library, { model }: Pick<Fake, 'model'>, now = 1_000_000) =>
  jobRunner(jobRunnerTools(library, { embeddingModel: async () => model, now: () => now })).run();

async function libraryOf(fake: Fake, saved = subjects): Promise<Library> {
  const library = await temporaryLibrary();
  for (const subject of saved) await save(library, subject);
  await run(library, fake);
  return library;
}

/** The page that is nearest in meaning to a subject, by the vectors that answer questions now; the question shares no word with it. */
async function nearest(library: Library, models: readonly Fake[], subject: string): Promise<string | undefined> {
  const modelKey = await readIndexModel(library);
  const asked = models.find(({ model }) => model.key === modelKey);
  if (!modelKey || !asked) return undefined;
  const vector = { modelKey, values: asked.vectorOf(subject) };
  const { passages } = await librarySearcher(async () => library).search({ text: 'zzz', limit: 1, vector });
  return (await listPages(library)).find(({ id }) => id === passages[0]?.pageId)?.title;
}

const keysOfPages = async (library: Library) => (await listPages(library)).map(({ embeddedWith }) => embeddedWith);
const pageOf = async (library: Library, title: string) => (await listPages(library)).find((page) => page.title === title)?.id as PageId;

it('tells how many vectors of a model there are of each length, and none of those that are gone', async () => {
  const old = fakeModel('a');
  const library = await libraryOf(old);
  const length = old.vectorOf('oil').length;
  expect([...(await vectorLengths(library, 'a'))]).toEqual([[length, subjects.length]]);
  await deletePage(library, await pageOf(library, 'gas'));
  expect([...(await vectorLengths(library, 'a'))]).toEqual([[length, subjects.length - 1]]);
  await discardModel(library, 'a');
  await run(library, old);
  expect([...(await vectorLengths(library, 'a'))]).toEqual([]);
});

describe('switching to another model', () => {
  it('makes the first model that embeds a page the one that answers questions', async () => {
    const old = fakeModel('a');
    const library = await libraryOf(old);
    expect(await readIndexModel(library)).toBe('a');
    expect(await nearest(library, [old], 'tallow')).toBe('tallow');
  });

  it('sends nothing and changes nothing until it is begun', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await run(library, next);
    expect(next.sent).toEqual([]);
    expect(await nearest(library, [old, next], 'gas')).toBe('gas');
  });

  it('answers from the old vectors until every page has new ones, then from the new ones, and deletes the old', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    const seen: (string | undefined)[] = [];
    const watched: EmbeddingModel = {
      ...next.model,
      async embed(texts, signal, onTokens) {
        seen.push(await nearest(library, [old, next], 'whale'));
        expect(await readIndexModel(library)).toBe('a');
        return next.model.embed(texts, signal, onTokens);
      },
    };
    await run(library, { model: watched });
    expect(seen).toEqual(subjects.map(() => 'whale'));
    expect(await readVectorModels(library)).toEqual({ indexModel: 'bb', unwanted: [] });
    expect(await nearest(library, [old, next], 'whale')).toBe('whale');
    expect(await keysOfPages(library)).toEqual(subjects.map(() => ['bb']));
    expect(await countVectors(library, 'a')).toBe(0);
    expect(
      (await library.getAll('indexedPages')).flatMap(({ vectorBlocks }) => vectorBlocks.map(({ modelKey }) => modelKey)),
    ).not.toContain('a');
    expect(await library.count('stagedVectors')).toBe(0);
  });

  it('goes on where it was, whenever the worker dies, with one index or the other whole and nothing but the batch under way paid for twice', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    let deaths = 0;
    for (let writes = 0; ; writes++) {
      const library = await libraryOf(old);
      next.sent.length = 0;
      await startRun(library, 'bb', runId);
      const { dying, dead } = dyingLibrary(library, writes);
      const ended = await Promise.race([run(dying, next).then(() => true), dead.then(() => false)]);
      for (const subject of subjects) expect(await nearest(library, [old, next], subject), `after ${writes} writes`).toBe(subject);
      if (ended) break;
      deaths += 1;
      await run(library, next);
      expect(await readVectorModels(library)).toEqual({ indexModel: 'bb', unwanted: [] });
      expect(await keysOfPages(library)).toEqual(subjects.map(() => ['bb']));
      expect(await countVectors(library, 'a')).toBe(0);
      expect(await countVectors(library, 'bb')).toBe(subjects.length);
      expect(new Set(next.sent).size).toBe(subjects.length);
      expect(next.sent.length - subjects.length).toBeLessThanOrEqual(1);
    }
    // Three writes for each page at least: begun, paid for, committed.
    expect(deaths).toBeGreaterThan(subjects.length * 3);
  });

  it('embeds a page that is saved meanwhile with the new model only, and finds it by its words till then', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old, subjects.slice(0, 4));
    await startRun(library, 'bb', runId);
    await changeRun(library, runId, (begun) => ({ ...begun, isPaused: true }));
    await save(library, 'whale');
    await run(library, next);
    expect(old.sent).toHaveLength(4);
    expect(next.sent).toHaveLength(1);
    expect(await readIndexModel(library)).toBe('a');
    const { passages } = await librarySearcher(async () => library).search({ text: 'whale', limit: 5 });
    expect(passages.map(({ pageId }) => pageId)).toEqual([await pageOf(library, 'whale')]);
    await changeRun(library, runId, resumed);
    await run(library, next);
    expect(next.sent).toHaveLength(5);
    expect(await nearest(library, [old, next], 'whale')).toBe('whale');
  });

  it('is right when pages are deleted and saved again meanwhile', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    const gone = await pageOf(library, 'oil');
    let isDone = false;
    const meddling: EmbeddingModel = {
      ...next.model,
      async embed(texts, signal, onTokens) {
        const vectors = await next.model.embed(texts, signal, onTokens);
        if (!isDone) {
          isDone = true;
          await deletePage(library, gone);
          const changed = capturedPage('The lamp burns gas and whale.', { canonicalUrl: 'https://lamps.example/gas', title: 'gas' });
          await receiveCapture(
            changed,
            { id: 1, url: changed.url },
            { library, wasExpected: async () => true, now: () => ++lastId, newId },
          );
        }
        return vectors;
      },
    };
    await run(library, { model: meddling });
    expect(await readVectorModels(library)).toEqual({ indexModel: 'bb', unwanted: [] });
    expect(await keysOfPages(library)).toEqual(subjects.slice(1).map(() => ['bb']));
    expect(await countVectors(library, 'bb')).toBe(4);
    expect(await nearest(library, [old, next], 'tallow')).toBe('tallow');
  });

  it('counts what it sent, stops at a problem, says when it tries again, and goes on then', async () => {
    let isDown = false;
    const [old, next] = [fakeModel('a'), fakeModel('bb', () => (isDown ? 'model-unreachable' : undefined))];
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    const failing: EmbeddingModel = {
      ...next.model,
      async embed(texts, signal, onTokens) {
        isDown = next.sent.length === 2;
        return next.model.embed(texts, signal, onTokens);
      },
    };
    await run(library, { model: failing });
    const stopped = (await readVectorModels(library)).run;
    expect(stopped).toMatchObject({ tokensSent: 20, problem: { code: 'model-unreachable' }, notBefore: 1_030_000 });
    isDown = false;
    await run(library, next, 1_030_000);
    expect((await readVectorModels(library)).indexModel).toBe('bb');
    expect(next.sent).toHaveLength(subjects.length);
  });

  it('waits for the person where trying again is no use', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb', () => 'model-key-refused')];
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    const woken: (number | undefined)[] = [];
    await jobRunner(jobRunnerTools(library, { embeddingModel: async () => next.model, wakeAt: (time) => woken.push(time) })).run();
    expect(woken.at(-1)).toBeUndefined();
    expect((await readVectorModels(library)).run).toMatchObject({
      problem: { code: 'model-key-refused' },
      notBefore: Number.POSITIVE_INFINITY,
    });
  });

  it('rests while another model is chosen', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    await run(library, old);
    expect(next.sent).toEqual([]);
    expect((await readVectorModels(library)).run).toMatchObject({ modelKey: 'bb', attempts: 0 });
  });

  it('has the index merged between two pages, so that what is deleted meanwhile is soon gone from the disk', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    const gone = await pageOf(library, 'oil');
    const dead: number[] = [];
    const watched: EmbeddingModel = {
      ...next.model,
      async embed(texts, signal, onTokens) {
        if (dead.length === 0) await deletePage(library, gone);
        dead.push((await library.getAll('segments')).reduce((sum, { deadCount }) => sum + deadCount, 0));
        return next.model.embed(texts, signal, onTokens);
      },
    };
    await run(library, { model: watched });
    expect(dead[0]).toBe(1);
    expect(dead[1]).toBe(0);
  });

  it('neither writes nor asks to be woken while it rests', async () => {
    const old = fakeModel('a');
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    for (const model of [old.model, undefined]) {
      const woken: (number | undefined)[] = [];
      let changes = 0;
      const tools = { embeddingModel: async () => model, wakeAt: (time?: number) => woken.push(time), embeddingChanged: () => changes++ };
      await jobRunner(jobRunnerTools(library, tools)).run();
      expect(woken).toEqual([undefined]);
      expect(changes).toBe(0);
    }
  });

  it('says why its model may not be asked, and waits longer each time', async () => {
    const library = await libraryOf(fakeModel('a'));
    await startRun(library, 'bb', runId);
    const refusing = async () => {
      throw new ProblemError({ code: 'model-unreachable' });
    };
    const stopped: unknown[] = [];
    for (const now of [0, 30_000]) {
      await jobRunner(jobRunnerTools(library, { embeddingModel: refusing, now: () => now })).run();
      stopped.push((await readVectorModels(library)).run);
    }
    expect(stopped).toMatchObject([
      { problem: { code: 'model-unreachable' }, attempts: 1, notBefore: 30_000 },
      { attempts: 2, notBefore: 90_000 },
    ]);
  });

  it('ends though the text of a page is gone, or what the index knew of one that has no passages', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await library.delete('versions', [await pageOf(library, 'oil'), 1]);
    const gas = await library.get('pages', await pageOf(library, 'gas'));
    if (gas) await library.put('pages', { ...gas, passageCount: 0 });
    await library.delete('indexedPages', await pageOf(library, 'gas'));
    await startRun(library, 'bb', runId);
    await run(library, next);
    expect(next.sent).toHaveLength(3);
    expect(await readVectorModels(library)).toEqual({ indexModel: 'bb', unwanted: [] });
    expect(await nearest(library, [old, next], 'whale')).toBe('whale');
  });

  it('pauses within a page, and does not pay again for what was sent of it', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await temporaryLibrary();
    const text = Array.from(
      { length: 150 },
      (_, night) => `## Night ${night}\n\n${'The lamp burns oil until the morning comes. '.repeat(8)}`,
    ).join('\n\n');
    const page = capturedPage(text);
    await receiveCapture(page, { id: 1, url: page.url }, { library, wasExpected: async () => true, now: () => ++lastId, newId });
    await run(library, old);
    const passages = await countVectors(library, 'a');
    await startRun(library, 'bb', runId);
    const pausing: EmbeddingModel = {
      ...next.model,
      async embed(texts, signal, onTokens) {
        await changeRun(library, runId, (begun) => ({ ...begun, isPaused: true }));
        return next.model.embed(texts, signal, onTokens);
      },
    };
    await run(library, { model: pausing });
    expect(next.sent.length).toBeLessThan(passages);
    expect((await readVectorModels(library)).run?.tokensSent).toBe(next.sent.length * 10);
    await changeRun(library, runId, resumed);
    await run(library, next);
    expect(next.sent).toHaveLength(passages);
    expect(await countVectors(library, 'bb')).toBe(passages);
  });

  it('takes over what a job had paid for of a page that waits for the same vectors', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb', () => 'model-unreachable')];
    const library = await libraryOf(old, ['oil']);
    await save(library, 'gas');
    await run(library, next);
    expect(await listJobs(library)).toMatchObject([{ kind: 'embed', title: 'gas' }]);
    const working = fakeModel('bb');
    await startRun(library, 'bb', runId);
    await run(library, working);
    expect(working.sent).toHaveLength(2);
    expect(await listJobs(library)).toEqual([]);
    expect(await readVectorModels(library)).toEqual({ indexModel: 'bb', unwanted: [] });
  });
});

describe('giving a switch up', () => {
  it('keeps the old index and deletes what was fetched of the new model', async () => {
    const old = fakeModel('a');
    const library = await libraryOf(old);
    await startRun(library, 'bb', runId);
    const next = fakeModel('bb');
    const cancelling: EmbeddingModel = {
      ...next.model,
      async embed(texts, signal, onTokens) {
        if (next.sent.length === 2) await cancelRun(library);
        return next.model.embed(texts, signal, onTokens);
      },
    };
    await run(library, { model: cancelling });
    expect(next.sent).toHaveLength(3);
    expect(await readVectorModels(library)).toEqual({ indexModel: 'a', unwanted: [] });
    expect(await keysOfPages(library)).toEqual(subjects.map(() => ['a']));
    expect(await countVectors(library, 'bb')).toBe(0);
    expect(await library.count('stagedVectors')).toBe(0);
    expect(await nearest(library, [old, next], 'gas')).toBe('gas');
  });

  it('deletes the vectors of a model when told to, and lets the next one answer questions', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await discardModel(library, 'a');
    expect(await readIndexModel(library)).toBeUndefined();
    await run(library, next);
    expect(await countVectors(library, 'a')).toBe(0);
    expect(await keysOfPages(library)).toEqual(subjects.map(() => undefined));
    await startRun(library, 'bb', runId);
    await run(library, next);
    expect(await readIndexModel(library)).toBe('bb');
  });

  it('forgets how far a model is to be trusted with its vectors, and no other', async () => {
    const library = await libraryOf(fakeModel('a'));
    const trust = { modelKey: 'a', mean: 3, questions: 9 };
    await keepVectorTrust(library, 'a', trust);
    await discardModel(library, 'bb');
    expect((await readVectorModels(library)).trust).toEqual(trust);
    await discardModel(library, 'a');
    expect((await readVectorModels(library)).trust).toBeUndefined();
  });

  it('can go back to a model whose vectors are still being deleted', async () => {
    const [old, next] = [fakeModel('a'), fakeModel('bb')];
    const library = await libraryOf(old);
    await discardModel(library, 'a');
    await startRun(library, 'a', runId);
    await run(library, old);
    expect(await countVectors(library, 'a')).toBe(subjects.length);
    expect(await nearest(library, [old, next], 'beeswax')).toBe('beeswax');
  });
});
