import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TuningExample } from '../../src/core/tuning/example';
import type { TuningJob, TuningPlan } from '../../src/core/tuning/training/tuning-job';
import { chooseModels, lookAtTrainings, openView, sendFrom } from '../support/panel';
import { openStage, type Stage } from './support/stage';

// Training at a service, in the worker: what the panel asks for goes on while workers die and the browser is closed.

const folder = mkdtempSync(join(tmpdir(), 'commonplace-training-'));
const dist = join(folder, 'dist');
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  cpSync('dist', dist, { recursive: true });
  stage = await openStage({ dist, profile: join(folder, 'profile') });
  panel = await stage.openPanel('/essays/fresnel-lens');
  await stage.extension.acceptRequestFor(stage.models.url);
  await chooseModels(panel, { ...stage.models, chatModel: 'test-chat' });
  await addExamples(12, 'Answer');
});

afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A busy machine takes its time. */
const soon = { timeout: 20_000 };

const plan: TuningPlan = {
  service: 'openai',
  model: 'gpt-4.1-nano-2025-04-14',
  method: 'supervised',
  parameters: { epochs: 2, batchSize: 4 },
  suffix: 'lens',
  withSystemPrompt: true,
  withValidation: true,
};

async function addExamples(count: number, answer: string): Promise<void> {
  const examples = Array.from(
    { length: count },
    (_, index): TuningExample => ({
      conversation: [{ role: 'user', content: `Question ${index}` }],
      answer: { role: 'assistant', content: `${answer} ${index}` },
      ...(index === 0 ? { split: 'validation' } : {}),
    }),
  );
  // A message takes so much, and no more.
  for (let first = 0; first < count; first += 5)
    await sendFrom(panel)('examples/add', { examples: examples.slice(first, first + 5), startedAt: answer.length, first });
}

/** At the price that is told for it. */
async function start(wanted: TuningPlan): Promise<void> {
  const { baseUrl, usd } = await sendFrom(panel)('tuning-jobs/estimate', { plan: wanted });
  const shown = { baseUrl, ...(usd === undefined ? {} : { usd }) };
  await sendFrom(panel)('tuning-jobs/start', { plan: wanted, shown, wish: crypto.randomUUID() });
}

const list = () => sendFrom(panel)('tuning-jobs/list', null);
const newest = async (): Promise<TuningJob | undefined> => (await list())[0];
const stateOf = async () => (await newest())?.state;
const courseOf = async (job?: TuningJob) => job && (await sendFrom(panel)('tuning-jobs/read', { id: job.id })).course;
const lookNow = () => lookAtTrainings(panel);
/** Has the worker ask until the service's word has come through. */
const untilItIs = (state: TuningJob['state']) =>
  expect.poll(async () => ((await stateOf()) === state ? state : lookNow().then(stateOf)), soon).toBe(state);
const runs = () => stage.models.tuning.runs;
const badge = () =>
  panel.evaluate(() =>
    (globalThis as unknown as { chrome: { action: { getBadgeText(of: object): Promise<string> } } }).chrome.action.getBadgeText({}),
  );

test('A service that no longer trains is asked once, says so, and is asked again when the person wants it', async () => {
  stage.models.tuning.isClosed = true;
  expect(await sendFrom(panel)('tuning-jobs/availability', { name: 'openai' })).toMatchObject({
    answer: 'no',
    problem: { code: 'tuning-not-available' },
  });
  await start(plan);
  await expect.poll(newest, soon).toMatchObject({ state: 'creating', problem: { code: 'tuning-not-available' } });
  expect(runs()).toEqual([]);
  stage.models.tuning.isClosed = false;
  await lookNow();
  await expect.poll(stateOf, soon).toBe('validating');
  expect(runs()).toHaveLength(1);
});

test('A job goes on with the key of the chat when the chat has moved to another server', async () => {
  const { hasKey: _, ...settings } = await sendFrom(panel)('settings/read', null);
  await sendFrom(panel)('settings/write', { settings: { ...settings, baseUrl: 'http://127.0.0.1:9/v1' } });
  stage.models.tuning.advance();
  stage.models.tuning.advance();
  await untilItIs('running');
  expect((await newest())?.problem).toBeUndefined();
  await sendFrom(panel)('settings/write', { settings, apiKey: stage.models.apiKey ?? '' });
});

test('A job that is cancelled says what was trained until then', async () => {
  stage.models.tuning.advance(3);
  const job = await newest();
  if (!job) throw new Error('There is no job.');
  expect(await sendFrom(panel)('tuning-jobs/pause', { id: job.id })).toMatchObject({ state: 'paused' });
  expect(await sendFrom(panel)('tuning-jobs/resume', { id: job.id })).toMatchObject({ state: 'running' });
  await sendFrom(panel)('tuning-jobs/cancel', { id: job.id });
  await expect.poll(stateOf, soon).toBe('cancelled');
  expect(runs()[0]?.state).toBe('cancelled');
  expect((await newest())?.problem).toBeUndefined();
  await sendFrom(panel)('tuning-jobs/forget', { id: job.id });
  expect(await list()).toEqual([]);
});

test('A job that fails says why, and marks the icon until Tune is opened', async () => {
  await start({ ...plan, suffix: 'fails' });
  await expect.poll(stateOf, soon).toBe('validating');
  expect(await badge()).toBe('');
  stage.models.tuning.failJobs('server_error', 'The machines are on fire.');
  await untilItIs('failed');
  expect((await newest())?.problem?.detail).toContain('on fire');
  await expect.poll(badge, soon).toBe('●');
  await openView(panel, 'Tune');
  await expect.poll(badge, soon).toBe('');
  // Who looks on needs no mark.
  await start({ ...plan, suffix: 'fails-too' });
  await expect.poll(stateOf, soon).toBe('validating');
  stage.models.tuning.failJobs();
  await untilItIs('failed');
  // Its course is told after its end was announced.
  await expect.poll(async () => (await courseOf(await newest()))?.events.some(({ level }) => level === 'error'), soon).toBe(true);
  await expect.poll(badge, soon).toBe('');
});

test('Another service is asked at its own address, with its own key', async () => {
  const [, before] = await sendFrom(panel)('tuning-jobs/services', null);
  expect(before).toMatchObject({ name: 'fireworks', baseUrl: 'https://api.fireworks.ai/v1', hasKey: false });
  await sendFrom(panel)('tuning-jobs/set-service', { name: 'fireworks', baseUrl: stage.models.url, apiKey: stage.models.apiKey ?? '' });
  const { suffix: _, ...others } = plan;
  const estimate = await sendFrom(panel)('tuning-jobs/estimate', {
    plan: { ...others, service: 'fireworks', model: 'qwen3-8b', parameters: {} },
  });
  expect(estimate).toMatchObject({ epochs: 1, hindrances: [] });
  await start({ ...others, service: 'fireworks', model: 'qwen3-8b', parameters: { epochs: 1 } });
  await expect.poll(async () => (await newest())?.remoteId, soon).toMatch(/^supervisedFineTuningJobs\//);
  stage.models.tuning.finish();
  await untilItIs('succeeded');
  expect((await newest())?.tunedModel).toMatch(/^accounts\/.*\/models\//);
  expect(stage.models.violations).toEqual([]);
});

test('A worker that is killed while files are sent is followed by one that goes on where it was', async () => {
  // More than three parts of two million bytes.
  await addExamples(20, 'The lamp burned. '.repeat(24_000));
  stage.models.fail({ kind: 'silence', path: '/uploads/:/parts', skip: 1 });
  await start({ ...plan, suffix: 'large' });
  await expect.poll(async () => (await newest())?.training.sentBytes ?? 0, soon).toBeGreaterThan(0);
  const parts = () => stage.models.requests.filter(({ path }) => path.endsWith('/parts')).length;
  await expect.poll(parts, soon).toBe(2);
  await stage.extension.killWorker();
  await expect.poll(stateOf, soon).toBe('validating');
  expect(stage.models.requests.filter(({ method, path }) => method === 'POST' && path === '/uploads')).toHaveLength(1);
  const job = await newest();
  expect(job?.training.sentBytes).toBe(job?.training.bytes);
  expect(parts(), 'the one that nobody answered was sent twice').toBe(Math.ceil((job?.training.bytes ?? 0) / 2 ** 21) + 1);
  expect(runs()).toHaveLength(5);
});

test('A job that ends while the browser is closed is told when it is open again', async () => {
  const { trainingTokens } = { trainingTokens: (await newest())?.training.tokens };
  await stage.restart(() => {
    stage.models.tuning.finish();
    // The permission is asked for by a prompt that nobody could answer here.
    const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as {
      permissions: string[];
      optional_permissions: string[];
    };
    expect(manifest.optional_permissions).toContain('notifications');
    const permissions = [...manifest.permissions, 'notifications'];
    const optional = manifest.optional_permissions.filter((permission) => permission !== 'notifications');
    writeFileSync(join(dist, 'manifest.json'), JSON.stringify({ ...manifest, permissions, optional_permissions: optional }));
  });
  panel = await stage.openPanel('/essays/fresnel-lens');
  await untilItIs('succeeded');
  const job = await newest();
  expect(job).toMatchObject({ tunedModel: expect.stringMatching(/^ft:gpt-4\.1-nano-2025-04-14:/), chosen: { epochs: 2, batchSize: 4 } });
  expect(job?.training.tokens).toBe(trainingTokens);
  expect(runs()).toHaveLength(5);
  const told = () =>
    panel.evaluate(() =>
      (globalThis as unknown as { chrome: { notifications: { getAll(): Promise<object> } } }).chrome.notifications.getAll(),
    );
  await expect.poll(async () => Object.keys(await told()), soon).toEqual([`tuning-job:${job?.id}`]);
  await expect.poll(async () => (await courseOf(job))?.checkpoints.length, soon).toBeGreaterThan(0);
  expect((await courseOf(job))?.metrics.at(-1)).toMatchObject({ trainingLoss: expect.any(Number), validationLoss: expect.any(Number) });
  expect(stage.models.violations).toEqual([]);
});
