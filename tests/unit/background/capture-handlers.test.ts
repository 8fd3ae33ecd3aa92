import { describe, expect, it } from 'vitest';
import type { Runtime } from 'webextension-polyfill';
import type { PageState } from '../../../src/background/capture/badge';
import { captureHandlers } from '../../../src/background/capture/capture-handlers';
import { pendingCaptures } from '../../../src/background/capture/pending-captures';
import type { CaptureScript } from '../../../src/core/capture/capture-script';
import { type Problem, problemOf } from '../../../src/core/problem';
import type { CaptureCause } from '../../../src/storage/pages/expected-captures';
import { listJobs } from '../../../src/storage/pages/jobs';
import type { Job, Library } from '../../../src/storage/schema';
import { capturedPage } from '../../support/captured-page';
import { temporaryLibrary } from '../../support/temporary-library';

const url = 'https://lamps.example/oil';
const page = capturedPage('Oil lamps burn oil.');
const sender = { url, frameId: 0, tab: { id: 7, incognito: false } } as Runtime.MessageSender;
const delivered = { page, script: 'page' as CaptureScript };
const unreadable: Problem = { code: 'page-unreadable' };
const saved: PageState = { name: 'saved', time: 1 };

/** A worker of which the tab was asked for its page by somebody, or by nobody; `done` is what it did, in order. */
async function setUp(cause: CaptureCause | undefined, { isRefused = false, openLibrary = temporaryLibrary } = {}) {
  const library = temporaryLibrary();
  const done: string[] = [];
  const pending = pendingCaptures();
  const pendingByRule = pendingCaptures<Job | undefined>();
  /** What those who wait are told: the step of the job, `nothing`, or the problem. */
  const outcome = (wait: Promise<Job | undefined>) =>
    wait.then(
      (job) => job?.step ?? 'nothing',
      (error: unknown) => problemOf(error).code,
    );
  const handlers = captureHandlers({
    openLibrary: () => (openLibrary === temporaryLibrary ? library : openLibrary()),
    expectedCapture: async () => cause && { cause, since: 1_000 },
    forgetExpectedCapture: async () => void done.push('forget'),
    accept: async () => (isRefused ? undefined : saved),
    pending,
    pendingByRule,
    reader: { take: async ({ title }) => void done.push(`read ${title}`), fail: (_, { code }) => void done.push(code) },
    showPageState: async (_, { name }) => {
      done.push(`show ${name}`);
      throw new Error('No tab with id: 7.');
    },
    refreshTab: () => done.push('refresh'),
    queue: { run: () => done.push('run'), wakeAt: () => done.push('wake') },
    report: ({ step }) => done.push(`report ${step}`),
    now: () => 2_000,
    newId: () => 'job',
  });
  const jobs = async () => (await listJobs(await library)).map(({ canonicalUrl }) => canonicalUrl);
  return { handlers, done, jobs, person: outcome(pending.wait(7)), rule: outcome(pendingByRule.wait(7)) };
}

/** Whether somebody is told something already. */
const isTold = async (outcome: Promise<string>) =>
  (await Promise.race([outcome, new Promise((later) => setTimeout(later, 5, '')) as Promise<string>])) !== '';

const failing = (message: string) => (): Promise<Library> => Promise.reject(new Error(message));

describe('A page that comes from a tab', () => {
  it('is stored for the person who asked, and for a rule that waits for the same', async () => {
    const { handlers, done, jobs, person, rule } = await setUp('person');
    await handlers['capture/deliver'](delivered, sender);
    expect(await jobs()).toEqual([url]);
    expect([await person, await rule]).toEqual(['received', 'received']);
    expect(done).toEqual(['wake', 'wake', 'report received', 'run', 'forget', 'refresh']);
  });

  it('is only read, not stored, when that is what it was asked for', async () => {
    const reading = { ...delivered, script: 'reading' as CaptureScript };
    const { handlers, done, jobs } = await setUp('person');
    await handlers['capture/deliver'](reading, sender);
    await handlers['capture/fail']({ problem: unreadable, script: 'reading' }, sender);
    expect(done).toEqual(['forget', `read ${page.title}`, 'forget', 'page-unreadable']);
    expect(await jobs()).toEqual([]);
    const unasked = await setUp(undefined);
    await unasked.handlers['capture/deliver'](reading, sender);
    expect(unasked.done).toEqual([]);
  });

  it('is stored for a rule, even when its tab is gone by then, and is nothing that the person waits for', async () => {
    const { handlers, done, jobs, person, rule } = await setUp('rule');
    await handlers['capture/deliver'](delivered, sender);
    expect(await jobs()).toEqual([url]);
    expect(await rule).toBe('received');
    expect(await isTold(person)).toBe(false);
    expect(done).toEqual(['wake', 'wake', 'report received', 'run', 'forget', 'show saved']);
  });

  it('is let go when the rules say so by now', async () => {
    const { handlers, done, jobs, rule } = await setUp('rule', { isRefused: true });
    await handlers['capture/deliver'](delivered, sender);
    expect(await jobs()).toEqual([]);
    expect(await rule).toBe('nothing');
    expect(done).toEqual(['wake', 'forget']);
  });

  it('is not taken when nobody asked for it', async () => {
    const { handlers, done, jobs, person } = await setUp(undefined);
    await expect(handlers['capture/deliver'](delivered, sender)).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(await jobs()).toEqual([]);
    expect(await person).toBe('internal');
    expect(done).toEqual(['wake']);
  });

  it('is not taken for the page of another site, and all who wait are told', async () => {
    const { handlers, jobs, person, rule } = await setUp('person');
    const elsewhere = { ...sender, url: 'https://liar.example/' };
    await expect(handlers['capture/deliver'](delivered, elsewhere)).rejects.toMatchObject({ problem: { code: 'page-gone' } });
    expect(await jobs()).toEqual([]);
    expect([await person, await rule]).toEqual(['page-gone', 'page-gone']);
  });

  it('is taken when it is sent again because the worker died before it had stored it', async () => {
    const { handlers, done, jobs } = await setUp('person', { openLibrary: failing('No SW') });
    await expect(handlers['capture/deliver'](delivered, sender)).rejects.toThrow('No SW');
    expect(done).not.toContain('forget');
    const next = await setUp('person');
    await next.handlers['capture/deliver'](delivered, sender);
    expect([await jobs(), await next.jobs()]).toEqual([[], [url]]);
  });

  it('is reported as not saved when it cannot be stored', async () => {
    const { handlers, done, person, rule } = await setUp('person', { openLibrary: failing('The disk is full.') });
    await expect(handlers['capture/deliver'](delivered, sender)).rejects.toThrow('The disk is full.');
    expect([await person, await rule]).toEqual(['internal', 'internal']);
    // The alarm stands: should the page have been stored after all, it is made searchable.
    expect(done).toEqual(['wake']);
  });

  it('is not taken from what is no tab', async () => {
    const { handlers, done } = await setUp('person');
    await expect(handlers['capture/deliver'](delivered, { url })).rejects.toMatchObject({ problem: { code: 'page-gone' } });
    expect(done).toEqual([]);
  });
});

describe('A script that could not read its page', () => {
  it('is told to the person who asked, and to a rule that waits for the same', async () => {
    const { handlers, person, rule } = await setUp('person');
    await handlers['capture/fail']({ problem: unreadable, script: 'page' }, sender);
    expect([await person, await rule]).toEqual(['page-unreadable', 'page-unreadable']);
  });

  it('is nothing to a rule when it was to read something else', async () => {
    const { handlers, person, rule } = await setUp('person');
    await handlers['capture/fail']({ problem: unreadable, script: 'selection' }, sender);
    expect(await person).toBe('page-unreadable');
    expect(await isTold(rule)).toBe(false);
  });

  it('is nothing to the person when a rule had it run', async () => {
    const { handlers, person, rule } = await setUp('rule');
    await handlers['capture/fail']({ problem: unreadable, script: 'page' }, sender);
    expect(await rule).toBe('page-unreadable');
    expect(await isTold(person)).toBe(false);
  });

  it('is nothing to anybody when nobody asked', async () => {
    const { handlers, person, rule } = await setUp(undefined);
    await handlers['capture/fail']({ problem: unreadable, script: 'page' }, sender);
    expect([await isTold(person), await isTold(rule)]).toEqual([false, false]);
  });
});
