import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tuningJobRunner } from '../../../src/background/tuning/train/run-tuning-jobs';
import type { Problem } from '../../../src/core/problem';
import { hasEnded, type TuningJobId } from '../../../src/core/tuning/training/tuning-job';
import type { Library } from '../../../src/storage/schema';
import { readUsageRows } from '../../../src/storage/settings/usage';
import {
  changeTuningJob,
  listTuningJobs,
  readTuningCourse,
  readTuningJob,
  restoreTuningJob,
} from '../../../src/storage/tuning/tuning-jobs';
import { dyingLibrary } from '../../support/dying-library';
import { type MemoryTuningService, type Mishap, memoryTuningService, type ServiceCall } from '../../support/memory-tuning-service';
import { temporaryLibrary } from '../../support/temporary-library';
import { beginTuningJob, tuningJob, tuningJobId } from '../../support/tuning-job';

const id = tuningJobId('one');
const minute = 60_000;

interface Scene {
  readonly library: Library;
  readonly remote: MemoryTuningService;
  readonly announced: TuningJobId[];
  readonly clock: { now: number };
  isWatched: boolean;
  /** A worker that begins anew. @returns when it is to be woken */
  work(library?: Library): Promise<number | undefined>;
  job(): Promise<Awaited<ReturnType<typeof stored>>>;
}

async function stored(library: Library) {
  const record = await readTuningJob(library, id);
  if (!record) throw new Error('The job is gone.');
  return record;
}

async function setTheScene(
  mishapAt?: (call: ServiceCall) => Mishap | undefined,
  fates: { readonly died?: () => void; readonly overtaken?: () => Promise<void> } = {},
): Promise<Scene> {
  const library = await temporaryLibrary();
  const clock = { now: 1_000_000 };
  const remote = memoryTuningService(mishapAt, { now: () => clock.now, ...fates });
  const announced: TuningJobId[] = [];
  const scene: Scene = {
    library,
    remote,
    announced,
    clock,
    isWatched: false,
    async work(own = library) {
      let wake: number | undefined;
      const runner = tuningJobRunner({
        openLibrary: async () => own,
        openService: async () => remote.service,
        forgetUnusedKeys: async () => {},
        announce: async (job) => void announced.push(job.id),
        isWatched: () => scene.isWatched,
        changed: () => {},
        spent: () => {},
        now: () => clock.now,
        wakeAt: (time) => {
          wake = time;
        },
      });
      await runner.run();
      return wake;
    },
    job: () => stored(library),
  };
  return scene;
}

/** Meets the first requests of a kind with what is given, in order; then all is well. */
function once(...mishaps: readonly [ServiceCall, Problem, 'heard' | 'unheard'][]) {
  const left = [...mishaps];
  return (call: ServiceCall): Mishap | undefined => {
    if (left[0]?.[0] !== call) return undefined;
    const [[, problem, isHeard] = []] = left.splice(0, 1);
    return problem && { kind: 'problem', problem, isHeard: isHeard === 'heard' };
  };
}

describe('A job of training', () => {
  it('sends its files whole, is created once, and is looked at until it has ended', async () => {
    const scene = await setTheScene();
    await beginTuningJob(scene.library, id);
    const wake = await scene.work();
    const { remote } = scene;
    expect([...remote.account.files.values()]).toEqual(['a'.repeat(200) + 'b'.repeat(50), 'c'.repeat(120)]);
    expect(remote.account.jobs[0]?.request).toEqual({
      model: 'gpt-4.1-nano',
      method: 'supervised',
      parameters: { epochs: 3 },
      trainingFile: 'file-upload-1',
      validationFile: 'file-upload-2',
      label: id,
    });
    expect((await scene.job()).job).toMatchObject({ state: 'validating', remoteId: 'ftjob-1', training: { sentBytes: 250 } });
    expect(await scene.library.count('tuningFiles'), 'the service has them').toBe(0);
    expect(wake).toBe(scene.clock.now + minute);

    remote.change({ state: 'running', chosen: { epochs: 3, batchSize: 1 } });
    scene.clock.now += minute;
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'running', startedAt: scene.clock.now, chosen: { batchSize: 1 } });
    expect((await readTuningCourse(scene.library, id)).metrics).toEqual([{ step: 1, trainingLoss: 2 }]);

    remote.change({ state: 'succeeded', tunedModel: 'ft:gpt-4.1-nano:us::1', trainedTokens: 300, finishedAt: 5 });
    scene.clock.now += minute;
    expect(await scene.work(), 'nothing is left to do').toBeUndefined();
    const { job, leftToDo, isUnseen } = await scene.job();
    expect(job).toMatchObject({ state: 'succeeded', tunedModel: 'ft:gpt-4.1-nano:us::1', finishedAt: 5, spentUsd: 0.009 });
    expect([leftToDo, isUnseen, scene.announced]).toEqual([[], true, [id]]);
    expect((await readTuningCourse(scene.library, id)).events.map(({ text }) => text)).toEqual(['running', 'succeeded']);
  });

  it('is looked at each minute while a panel is open, else ever more rarely while nothing changes', async () => {
    const scene = await setTheScene();
    await beginTuningJob(scene.library, id);
    const waits: number[] = [];
    for (let look = 0; look < 6; look += 1) {
      const wake = (await scene.work()) ?? 0;
      waits.push((wake - scene.clock.now) / minute);
      scene.clock.now = wake;
    }
    expect(waits).toEqual([1, 2, 4, 8, 8, 8]);
    await scene.work();
    scene.isWatched = true;
    scene.clock.now += minute;
    expect(((await scene.work()) ?? 0) - scene.clock.now).toBe(minute);
    expect(scene.remote.calls.filter((call) => call === 'job')).toHaveLength(7);
  });

  it('waits as long as a busy service asks, says so meanwhile, and sends no part twice', async () => {
    const scene = await setTheScene(once(['create', { code: 'model-busy', retryAfterMs: 90_000 }, 'unheard']));
    await beginTuningJob(scene.library, id);
    const wake = await scene.work();
    expect(wake).toBe(scene.clock.now + 90_000);
    expect((await scene.job()).job).toMatchObject({ state: 'creating', problem: { code: 'model-busy' } });
    scene.clock.now = wake ?? 0;
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'validating' });
    expect((await scene.job()).job.problem).toBeUndefined();
    expect(scene.remote.calls.filter((call) => call === 'upload')).toHaveLength(5);
  });

  it('takes the sending of a file up where it was, after a worker that died or a line that broke', async () => {
    let uploads = 0;
    const scene = await setTheScene((call) => {
      if (call !== 'upload' || ++uploads !== 3) return undefined;
      return { kind: 'problem', problem: { code: 'model-dropped' }, isHeard: false };
    });
    await beginTuningJob(scene.library, id);
    const wake = await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'uploading', training: { sentBytes: 200 }, problem: { code: 'model-dropped' } });
    expect((await scene.job()).uploads.training).toEqual({ sentBytes: 200, token: 'upload-1' });
    scene.clock.now = wake ?? 0;
    await scene.work();
    expect([...scene.remote.account.files.keys()]).toEqual(['file-upload-1', 'file-upload-2']);
    expect(uploads).toBe(6);
  });

  it('stands still when only the person can act, and goes on when they have', async () => {
    const scene = await setTheScene(once(['create', { code: 'tuning-not-available', detail: 'training_not_available' }, 'unheard']));
    await beginTuningJob(scene.library, id);
    expect(await scene.work(), 'no alarm').toBeUndefined();
    expect((await scene.job()).job).toMatchObject({ state: 'creating', problem: { code: 'tuning-not-available' } });
    scene.clock.now += 100 * minute;
    await scene.work();
    expect(scene.remote.calls.filter((call) => call === 'create')).toHaveLength(1);
    await changeTuningJob(scene.library, id, (record) => ({ ...record, notBefore: 0, failures: 0 }));
    await scene.work();
    expect((await scene.job()).job.state).toBe('validating');
  });

  it('whose creation was not answered is found by its label, and not created again', async () => {
    const scene = await setTheScene(once(['create', { code: 'model-silent' }, 'heard']));
    await beginTuningJob(scene.library, id);
    const wake = await scene.work();
    expect(wake, 'it may still be on its way').toBe(scene.clock.now + 4 * minute);
    scene.clock.now = wake ?? 0;
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'validating', remoteId: 'ftjob-1' });
    expect(scene.remote.calls.filter((call) => call === 'create')).toHaveLength(1);
  });

  it('whose creation was not answered is created anew when the service has none of its label', async () => {
    const scene = await setTheScene(once(['create', { code: 'model-unreachable' }, 'unheard']));
    await beginTuningJob(scene.library, id);
    scene.clock.now = (await scene.work()) ?? 0;
    await scene.work();
    expect(scene.remote.calls.filter((call) => call === 'create' || call === 'list')).toEqual(['create', 'list', 'create']);
    expect(scene.remote.account.jobs).toHaveLength(1);
  });

  it('whose creation was answered in a way that cannot be read is not created again before the person wants it', async () => {
    const scene = await setTheScene(once(['create', { code: 'tuning-malformed' }, 'heard'], ['list', { code: 'model-busy' }, 'unheard']));
    await beginTuningJob(scene.library, id);
    let made = 0;
    for (let worker = 0; worker < 8; worker += 1) {
      await scene.work();
      // Nor can the list be read where it has the job.
      made += scene.remote.account.jobs.splice(0).length;
      scene.clock.now += 20 * minute;
    }
    expect(made).toBe(1);
    expect(await scene.job()).toMatchObject({ notBefore: Number.POSITIVE_INFINITY, job: { problem: { code: 'tuning-creation-unclear' } } });
    await changeTuningJob(scene.library, id, (record) => ({ ...record, notBefore: 0, failures: 0 }));
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'validating', remoteId: 'ftjob-1' });
  });

  it('whose creation is never answered is asked for three times, and then by nobody but the person', async () => {
    const unanswered = { kind: 'problem', problem: { code: 'model-failed' }, isHeard: false } as const;
    const scene = await setTheScene((call) => (call === 'create' ? unanswered : undefined));
    await beginTuningJob(scene.library, id);
    for (let worker = 0; worker < 12; worker += 1) {
      await scene.work();
      scene.clock.now += 20 * minute;
    }
    expect(scene.remote.calls.filter((call) => call === 'create')).toHaveLength(3);
    expect(await scene.job()).toMatchObject({ notBefore: Number.POSITIVE_INFINITY, job: { problem: { code: 'tuning-creation-unclear' } } });
  });

  it('whose creation was not answered is found by its file at a server that keeps no label', async () => {
    const scene = await setTheScene(once(['create', { code: 'model-failed' }, 'heard']));
    await beginTuningJob(scene.library, id);
    scene.clock.now = (await scene.work()) ?? 0;
    const { jobs } = scene.remote.account;
    const { label: _, ...unlabelled } = jobs[0] as (typeof jobs)[number];
    jobs.splice(0, 1, unlabelled, { ...unlabelled, remoteId: 'ftjob-other', trainingFile: 'file-of-another' });
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'validating', remoteId: 'ftjob-1' });
    expect(scene.remote.calls.filter((call) => call === 'create')).toHaveLength(1);
  });

  it('whose files the service has lost sends them again when the person tries again', async () => {
    const scene = await setTheScene(once(['create', { code: 'model-busy' }, 'unheard']));
    await beginTuningJob(scene.library, id);
    scene.clock.now = (await scene.work()) ?? 0;
    scene.remote.account.files.clear();
    expect(await scene.work(), 'no alarm').toBeUndefined();
    const { job } = await scene.job();
    expect(job).toMatchObject({ state: 'uploading', training: { sentBytes: 0 }, problem: { code: 'tuning-file-refused' } });
    await changeTuningJob(scene.library, id, (record) => ({ ...record, notBefore: 0, failures: 0 }));
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'validating', training: { sentBytes: 250 }, validation: { sentBytes: 120 } });
    expect([...scene.remote.account.files.values()]).toEqual(['a'.repeat(200) + 'b'.repeat(50), 'c'.repeat(120)]);
  });

  it('that another worker has taken up is left to that one', async () => {
    const scene = await setTheScene();
    await beginTuningJob(scene.library, id);
    // The two begin side by side, and each has taken it up before the other asks.
    await Promise.all([scene.work(), scene.work()]);
    scene.clock.now += 10 * minute;
    await scene.work();
    expect(scene.remote.account.jobs).toHaveLength(1);
    expect((await scene.job()).job).toMatchObject({ state: 'validating', remoteId: 'ftjob-1' });
  });

  it('from a backup is found at its service by its label, and never begun a second time', async () => {
    const scene = await setTheScene();
    const course = { events: [], metrics: [], checkpoints: [] };
    await restoreTuningJob(scene.library, { job: tuningJob(id), course });
    const lost = tuningJobId('two', 2);
    await restoreTuningJob(scene.library, { job: tuningJob(lost, { state: 'creating' }), course });
    const other = { remoteId: 'ftjob-x', model: 'gpt-4.1', state: 'running' as const, createdAt: 1, resultFiles: [], request: {} as never };
    scene.remote.account.jobs.push(other, { ...other, remoteId: 'ftjob-own', label: id });
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'running', remoteId: 'ftjob-own' });
    expect((await readTuningJob(scene.library, lost))?.job).toMatchObject({ state: 'failed', problem: { code: 'tuning-files-gone' } });
    expect((await listTuningJobs(scene.library)).length).toBe(2);
    expect(scene.remote.calls).not.toContain('create');
  });

  it('that failed says why, and gives back what was set aside for it', async () => {
    const scene = await setTheScene();
    const { createdAt } = await beginTuningJob(scene.library, id);
    await scene.work();
    const month = new Date(createdAt).toISOString().slice(0, 7);
    expect(await readUsageRows(scene.library, month)).toMatchObject([{ usd: 0.009, isExpected: true }]);
    scene.remote.change({ state: 'failed', problem: { code: 'tuning-file-refused', detail: 'line 3' } });
    scene.clock.now += minute;
    await scene.work();
    expect((await scene.job()).job).toMatchObject({ state: 'failed', problem: { code: 'tuning-file-refused', detail: 'line 3' } });
    expect(scene.announced).toEqual([id]);
    expect(await readUsageRows(scene.library, month)).toEqual([]);
  });

  it('that was cancelled says what it came to, which is counted once', async () => {
    const scene = await setTheScene();
    const { createdAt } = await beginTuningJob(scene.library, id);
    await scene.work();
    scene.remote.change({ state: 'running', trainedTokens: 100 });
    await changeTuningJob(scene.library, id, (record) => ({ ...record, job: { ...record.job, isCancelling: true } }));
    await scene.work();
    await scene.work();
    const { job, isUnseen } = await scene.job();
    expect(job).toMatchObject({ state: 'cancelled', trainedTokens: 100, spentUsd: 0.003 });
    expect([job.isCancelling, isUnseen, scene.announced]).toEqual([undefined, undefined, []]);
    const [row] = await readUsageRows(scene.library, new Date(createdAt).toISOString().slice(0, 7));
    expect(row).toMatchObject({ purpose: 'training', calls: 1, usd: 0.003, promptTokens: 100, host: 'api.openai.com' });
    expect(row?.isExpected).toBeUndefined();
  });

  it('that ran, and of which nobody says what it cost, keeps what was set aside', async () => {
    const scene = await setTheScene();
    // Some tell neither tokens nor steps.
    scene.remote.service.course = async () => ({ events: [], metrics: [], checkpoints: [] });
    await beginTuningJob(scene.library, id);
    await scene.work();
    scene.remote.change({ state: 'running' });
    scene.clock.now += minute;
    await scene.work();
    await changeTuningJob(scene.library, id, (before) => ({ ...before, job: { ...before.job, isCancelling: true } }));
    scene.clock.now += minute;
    await scene.work();
    expect((await scene.job()).job.state).toBe('cancelled');
    expect((await scene.job()).leftToDo).toEqual([]);
    expect(await readUsageRows(scene.library, '1970-01')).toMatchObject([{ usd: 0.009, isExpected: true }]);
  });

  it('that is cancelled before it was created leaves nothing at the service and costs nothing', async () => {
    const scene = await setTheScene(once(['create', { code: 'model-quota' }, 'unheard']));
    const { createdAt } = await beginTuningJob(scene.library, id);
    await scene.work();
    await changeTuningJob(scene.library, id, (record) => ({ ...record, notBefore: 0, job: { ...record.job, isCancelling: true } }));
    await scene.work();
    expect((await scene.job()).job.state).toBe('cancelled');
    expect(scene.remote.account.jobs).toEqual([]);
    expect(await scene.library.count('tuningFiles')).toBe(0);
    expect(await readUsageRows(scene.library, new Date(createdAt).toISOString().slice(0, 7))).toEqual([]);
  });
});

// Whatever befalls workers and lines, there is one job at the service, and it is ours.

const passing = ['model-busy', 'model-unreachable', 'model-silent', 'model-dropped', 'model-failed', 'model-malformed'] as const;
const mishap: fc.Arbitrary<Mishap | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('death' as const), isHeard: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'late' as const, isHeard: true as const }) },
  {
    weight: 2,
    arbitrary: fc
      .record({ code: fc.constantFrom(...passing), isHeard: fc.boolean() })
      // Who says that there is too much to do has done nothing.
      .map(({ code, isHeard }) => ({ kind: 'problem' as const, problem: { code }, isHeard: isHeard && code !== 'model-busy' })),
  },
);

const course = fc.record({
  mishaps: fc.array(mishap, { maxLength: 25 }),
  /** After how many writes each worker dies. */
  deaths: fc.array(fc.nat(30), { maxLength: 8 }),
  /** What the person does before each worker. */
  wishes: fc.array(fc.constantFrom('nothing', 'nothing', 'pause', 'resume', 'refresh'), { maxLength: 12 }),
  /** Before which worker it is cancelled, if it is. */
  cancelledAt: fc.option(fc.nat(10), { nil: undefined }),
  outcome: fc.constantFrom('succeeded' as const, 'failed' as const),
});

it('comes to one end, with one job at the service at most, whatever deaths, refusals and pauses there are', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(course, async ({ mishaps, deaths, wishes, cancelledAt, outcome }) => {
      const ahead = [...mishaps];
      let die = () => {};
      const [overtaken, heard]: [(() => void)[], (() => void)[]] = [[], []];
      const scene = await setTheScene(() => ahead.shift(), {
        died: () => die(),
        overtaken: () => {
          die();
          return new Promise((resolve) => overtaken.push(resolve));
        },
      });
      /** Workers that were overtaken hear what they had asked, when another has worked since. */
      const hear = async () => {
        for (const resolve of heard.splice(0)) resolve();
        heard.push(...overtaken.splice(0));
        await new Promise((resolve) => setTimeout(resolve, 2));
      };
      await beginTuningJob(scene.library, id);
      const turn = (changes: Parameters<MemoryTuningService['change']>[0]) => {
        const [remote] = scene.remote.account.jobs;
        if (remote && !hasEnded(remote.state)) scene.remote.change(changes);
      };
      for (let worker = 0; worker < 60; worker += 1) {
        const wish = wishes[worker];
        if (worker === cancelledAt)
          await changeTuningJob(scene.library, id, (record) =>
            hasEnded(record.job.state) ? record : { ...record, notBefore: 0, job: { ...record.job, isCancelling: true } },
          );
        else if (wish === 'refresh') await changeTuningJob(scene.library, id, (record) => ({ ...record, failures: 0, notBefore: 0 }));
        else if (wish === 'pause' || wish === 'resume')
          turn(wish === 'pause' ? { state: 'paused' } : { state: 'running', trainedTokens: 300 });
        const died = new Promise<void>((resolve) => {
          die = resolve;
        });
        const writesLeft = deaths[worker];
        const { dying, dead } = writesLeft === undefined ? { dying: scene.library, dead: died } : dyingLibrary(scene.library, writesLeft);
        await Promise.race([scene.work(dying), died, dead]);
        await hear();
        scene.clock.now += 10 * minute;
        // The service is done with it in the end.
        if (worker > wishes.length)
          turn({ state: outcome, trainedTokens: 300, ...(outcome === 'succeeded' ? { tunedModel: 'ft:one' } : {}) });
        const { job, leftToDo } = await scene.job();
        if (hasEnded(job.state) && leftToDo.length === 0) break;
      }
      for (let rest = 0; rest < 5; rest += 1) await hear();
      const { job, leftToDo } = await scene.job();
      const { jobs } = scene.remote.account;
      expect(hasEnded(job.state)).toBe(true);
      expect(leftToDo).toEqual([]);
      expect(jobs.length).toBeLessThanOrEqual(1);
      if (jobs[0]) expect([jobs[0].remoteId, jobs[0].state, jobs[0].label]).toEqual([job.remoteId, job.state, id]);
      else expect([job.state, cancelledAt !== undefined]).toEqual(['cancelled', true]);
      const rows = await scene.library.getAll('usage');
      // Nobody says what one cost that was stopped before its first step was told of.
      const unsaid = job.startedAt === undefined ? [] : [[job.estimate.usd, true]];
      expect(rows.map(({ usd, isExpected }) => [usd, isExpected])).toEqual(job.spentUsd ? [[job.spentUsd, undefined]] : unsaid);
      expect(await scene.library.count('tuningFiles')).toBe(0);
      if (job.state !== 'cancelled') expect(scene.announced).toContain(id);
    }),
    { numRuns: 100 },
  );
});
