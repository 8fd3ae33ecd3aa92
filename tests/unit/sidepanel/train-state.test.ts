import { expect, test } from 'vitest';
import { defaultModelSettings } from '../../../src/core/models/settings';
import { ProblemError } from '../../../src/core/problem';
import type { TuningJob, TuningJobId } from '../../../src/core/tuning/training/tuning-job';
import type { TuningPlanEstimate, TuningServiceStatus } from '../../../src/protocol/tuning-job-requests';
import { createTrainState } from '../../../src/sidepanel/tune/train/train-state';

const openai: TuningServiceStatus = {
  name: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  hasKey: true,
  methods: ['supervised', 'dpo'],
  parameters: ['epochs'],
  canPause: true,
  models: [{ model: 'small' }, { model: 'large' }],
};
const fireworks: TuningServiceStatus = {
  ...openai,
  name: 'fireworks',
  baseUrl: 'https://api.fireworks.ai/v1',
  hasKey: false,
  methods: ['supervised'],
  models: [{ model: 'llama' }],
};
const estimate: TuningPlanEstimate = {
  baseUrl: openai.baseUrl,
  training: { examples: 12, tokens: 900, bytes: 4_000 },
  epochs: 3,
  usd: 2.4,
  hindrances: [],
};
const job: TuningJob = {
  id: 'job-1' as TuningJobId,
  createdAt: 1,
  plan: { service: 'openai', model: 'small', method: 'supervised', parameters: {}, withSystemPrompt: true, withValidation: true },
  baseUrl: openai.baseUrl,
  state: 'running',
  training: { examples: 12, tokens: 900, bytes: 4_000, sentBytes: 4_000 },
  estimate: { epochs: 3, usd: 2.4 },
};

type Answers = Readonly<Record<string, (data: never) => unknown>>;

/** The panel's state over a worker that gives these answers. */
function panel(answers: Answers = {}, { isAllowed = true } = {}) {
  const asked: { readonly name: string; readonly data: unknown }[] = [];
  const accessTo: string[] = [];
  const opened: unknown[] = [];
  const usual: Answers = {
    'tuning-jobs/services': () => [openai, fireworks],
    'tuning-jobs/set-service': () => [openai, fireworks],
    'tuning-jobs/list': () => [job],
    'tuning-jobs/estimate': () => estimate,
    'tuning-jobs/start': () => job,
    'tuning-jobs/read': () => ({ job, course: { events: [], metrics: [{ step: 1, trainingLoss: 2 }], checkpoints: [] } }),
    'tuning-jobs/availability': () => ({ answer: 'yes' }),
    'settings/read': () => ({ ...defaultModelSettings, baseUrl: openai.baseUrl, chatModel: 'before', hasKey: true }),
  };
  const send = async (name: string, data: never) => {
    asked.push({ name, data });
    return (answers[name] ?? usual[name])?.(data) ?? null;
  };
  const client = {
    send,
    requestAccess: async (baseUrl: string) => {
      accessTo.push(baseUrl);
      return isAllowed;
    },
    hasNotifications: async () => false,
    requestNotifications: async () => true,
    copyText: async () => {},
  };
  let lastId = 0;
  const state = createTrainState({
    client: client as unknown as Parameters<typeof createTrainState>[0]['client'],
    settingsChanged: () => {},
    openSettings: (begun) => opened.push(begun),
    compare: () => {},
    newId: () => `id-${++lastId}`,
  });
  const dataOf = (name: string) => asked.filter((one) => one.name === name).map(({ data }) => data);
  return { state, asked, accessTo, opened, dataOf };
}

test('begins with the first model of the service, and with another’s when that is chosen', async () => {
  const { state } = panel();
  await state.load();
  expect(state.plan.value.model).toBe('small');
  state.changePlan({ method: 'dpo', parameters: { epochs: 2 } });
  state.chooseService('fireworks');
  expect(state.plan.value).toMatchObject({ service: 'fireworks', model: 'llama', method: 'supervised', parameters: {} });
  expect(state.address.value).toBe('https://api.fireworks.ai/v1');
});

test('a price is asked for without access to the service, and holds until the plan or the examples change', async () => {
  const { state, accessTo } = panel();
  await state.load();
  await state.price();
  expect(state.estimate.value).toEqual(estimate);
  expect(accessTo).toEqual([]);
  state.changePlan({ model: 'large' });
  expect(state.estimate.value).toBeUndefined();
  await state.price();
  state.receive({ type: 'examples-changed' });
  expect(state.estimate.value).toBeUndefined();
});

test('counting that the person stopped leaves neither a price nor a problem, and one that broke off by itself a problem', async () => {
  let end = (_: Error) => {};
  const { state, dataOf } = panel({ 'tuning-jobs/estimate': () => new Promise((_, reject) => (end = reject)) });
  await state.load();
  for (const isStopped of [true, false]) {
    const pricing = state.price();
    await new Promise((resolve) => setTimeout(resolve));
    if (isStopped) state.stopCounting();
    end(new ProblemError({ code: 'interrupted' }));
    await pricing;
    expect([state.estimate.value, state.working.value]).toEqual([undefined, undefined]);
    expect(state.problem.value?.code).toBe(isStopped ? undefined : 'interrupted');
  }
  expect(dataOf('tuning-jobs/stop-counting')).toEqual([null]);
});

test('a price that comes after the plan was changed is of no use', async () => {
  let answer = (_: TuningPlanEstimate) => {};
  const { state } = panel({ 'tuning-jobs/estimate': () => new Promise((resolve) => (answer = resolve)) });
  await state.load();
  const pricing = state.price();
  await new Promise((resolve) => setTimeout(resolve));
  state.changePlan({ model: 'large' });
  answer(estimate);
  await pricing;
  expect(state.estimate.value).toBeUndefined();
});

test('a price is of one address: it goes when the service is found to have moved, and says where it is from', async () => {
  let moved = openai;
  const elsewhere = { ...openai, baseUrl: 'https://other.example/v1' };
  const { state } = panel({
    'tuning-jobs/services': () => [moved, fireworks],
    'tuning-jobs/estimate': () => ({ ...estimate, baseUrl: moved.baseUrl }),
  });
  await state.load();
  await state.price();
  moved = elsewhere;
  state.leave();
  await state.load();
  expect([state.address.value, state.estimate.value]).toEqual([elsewhere.baseUrl, undefined]);
  // It moves where this panel does not hear of it.
  moved = openai;
  await state.price();
  expect([state.address.value, state.estimate.value?.baseUrl]).toEqual([openai.baseUrl, openai.baseUrl]);
});

test('a price that comes after the address was changed is of no use', async () => {
  let answer = (_: TuningPlanEstimate) => {};
  const { state } = panel({ 'tuning-jobs/estimate': () => new Promise((resolve) => (answer = resolve)) });
  await state.load();
  const pricing = state.price();
  await new Promise((resolve) => setTimeout(resolve));
  state.changeAddress('https://other.example/v1');
  answer(estimate);
  await pricing;
  expect([state.address.value, state.estimate.value]).toEqual(['https://other.example/v1', undefined]);
});

test('what would begin elsewhere or for another price than was shown is shown anew, and not begun', async () => {
  let usd = 2.4;
  const { state } = panel({
    'tuning-jobs/estimate': () => ({ ...estimate, usd }),
    'tuning-jobs/start': () => {
      throw new ProblemError({ code: 'tuning-price-changed' });
    },
  });
  await state.load();
  await state.price();
  usd = 240;
  await state.start();
  expect(state.problem.value).toEqual({ code: 'tuning-price-changed' });
  expect(state.estimate.value?.usd).toBe(240);
  expect(state.started.value).toBeUndefined();
});

test('a key that a job wants is entered at the address of that job', async () => {
  const { state, dataOf } = panel({ 'tuning-jobs/services': () => [{ ...openai, baseUrl: 'https://other.example/v1' }, fireworks] });
  await state.load();
  state.enterKey('openai', job.baseUrl);
  expect([state.address.value, state.storedKeyFits.value, state.isKeyWanted.value]).toEqual([job.baseUrl, false, true]);
  state.typedKey.value = 'sk-job';
  await state.ask();
  expect(dataOf('tuning-jobs/set-service')).toEqual([{ name: 'openai', baseUrl: job.baseUrl, apiKey: 'sk-job' }]);
});

test('a training that failed is offered again as it was, at its address, and nothing is sent by that', async () => {
  const { state, asked } = panel({ 'tuning-jobs/services': () => [{ ...openai, baseUrl: 'https://other.example/v1' }, fireworks] });
  await state.load();
  state.chooseService('fireworks');
  state.changeSuffix('else');
  const before = asked.length;
  const plan = { ...job.plan, model: 'large', parameters: { epochs: 2 }, suffix: 'marv', withValidation: false };
  state.again({ ...job, state: 'failed', plan });
  expect([state.plan.value, state.address.value]).toEqual([plan, job.baseUrl]);
  expect([state.isFormOpen.value, state.isFormWanted.value]).toEqual([true, true]);
  expect(asked.length).toBe(before);
});

test('a typed address and key are stored before the service is asked, and no longer held then', async () => {
  const { state, asked, accessTo, dataOf } = panel();
  await state.load();
  state.changeAddress('https://proxy.example/v1');
  state.typedKey.value = 'sk-typed';
  expect(state.storedKeyFits.value).toBe(false);
  await state.ask();
  expect(accessTo).toEqual(['https://proxy.example/v1']);
  expect(dataOf('tuning-jobs/set-service')).toEqual([{ name: 'openai', baseUrl: 'https://proxy.example/v1', apiKey: 'sk-typed' }]);
  expect(asked.at(-1)).toEqual({ name: 'tuning-jobs/availability', data: { name: 'openai' } });
  expect(state.typedKey.value).toBeUndefined();
  expect(state.availability.value).toEqual({ answer: 'yes' });
});

test('nothing is sent or begun at a service that the person has not allowed', async () => {
  const { state, asked } = panel({}, { isAllowed: false });
  await state.load();
  const before = asked.length;
  await state.start();
  await state.ask();
  expect(asked.slice(before)).toEqual([]);
  expect(state.problem.value).toEqual({ code: 'tuning-access-refused' });
});

test('a training that was begun is the one that the person is taken to', async () => {
  const { state, dataOf } = panel();
  await state.load();
  state.isFormOpen.value = true;
  await state.price();
  await state.start();
  expect(dataOf('tuning-jobs/start')).toEqual([{ plan: state.plan.value, shown: { baseUrl: openai.baseUrl, usd: 2.4 }, wish: 'id-1' }]);
  expect(state.started.value).toBe(job.id);
  expect(state.isFormOpen.value).toBe(false);
  expect(state.estimate.value).toBeUndefined();
});

test('the form of a training that was begun is done with at once, however long the jobs are read', async () => {
  let reading = 0;
  const { state } = panel({ 'tuning-jobs/list': () => (reading++ === 0 ? [] : new Promise(() => {})) });
  await state.load();
  state.isFormOpen.value = true;
  await state.price();
  await state.start();
  expect(state.working.value).toBeUndefined();
  expect(state.isFormOpen.value).toBe(false);
});

test('a training that cannot begin keeps the form and says why, whatever is read meanwhile', async () => {
  const { state } = panel({
    'tuning-jobs/start': () => {
      throw new ProblemError({ code: 'spending-cap' });
    },
  });
  await state.load();
  state.isFormOpen.value = true;
  await state.price();
  await state.start();
  state.receive({ type: 'tuning-jobs-changed' });
  await new Promise((resolve) => setTimeout(resolve));
  expect(state.problem.value).toEqual({ code: 'spending-cap' });
  expect(state.isFormOpen.value).toBe(true);
});

test('what was shown once is one wish, however often it is pressed; shown anew, it is another', async () => {
  const { state, dataOf } = panel({
    'tuning-jobs/start': () => {
      throw new ProblemError({ code: 'interrupted' });
    },
  });
  await state.load();
  await state.price();
  await state.start();
  await state.start();
  await state.price();
  await state.start();
  expect(dataOf('tuning-jobs/start')).toMatchObject([{ wish: 'id-1' }, { wish: 'id-1' }, { wish: 'id-2' }]);
});

test('the course of a job is read with each change while it is looked at, and not after', async () => {
  const { state, dataOf } = panel();
  await state.load();
  await state.open(job.id);
  expect(state.courses.value.get(job.id)?.metrics).toEqual([{ step: 1, trainingLoss: 2 }]);
  state.receive({ type: 'tuning-jobs-changed' });
  await expect.poll(() => dataOf('tuning-jobs/read').length).toBe(2);
  state.close(job.id);
  state.receive({ type: 'tuning-jobs-changed' });
  await expect.poll(() => dataOf('tuning-jobs/list').length).toBe(3);
  expect(dataOf('tuning-jobs/read')).toHaveLength(2);
});

test('what a job could not be told is said at that job, until it can', async () => {
  let isRefused = true;
  const { state } = panel({
    'tuning-jobs/pause': () => {
      if (isRefused) throw new ProblemError({ code: 'model-busy' });
      return job;
    },
  });
  await state.load();
  await state.order('tuning-jobs/pause', job.id);
  expect(state.jobProblems.value.get(job.id)).toEqual({ code: 'model-busy' });
  isRefused = false;
  await state.order('tuning-jobs/pause', job.id);
  expect(state.jobProblems.value.size).toBe(0);
});

test('going on after missing access asks for it, and for nothing otherwise', async () => {
  const { state, accessTo, dataOf } = panel();
  await state.load();
  await state.retry({ ...job, problem: { code: 'model-busy' } });
  expect(accessTo).toEqual([]);
  await state.retry({ ...job, problem: { code: 'model-permission-missing' } });
  expect(accessTo).toEqual([job.baseUrl]);
  expect(dataOf('tuning-jobs/refresh')).toEqual([{ id: job.id }, { id: job.id }]);
});

test('a tuned model writes the answers from then on, with the settings that there were', async () => {
  const { state, dataOf, opened } = panel();
  await state.load();
  await state.use(job, 'ft:small:marv');
  expect(dataOf('settings/write')).toEqual([
    { settings: { ...defaultModelSettings, baseUrl: openai.baseUrl, chatModel: 'ft:small:marv' } },
  ]);
  expect(state.used.value).toBe('ft:small:marv');
  expect(opened).toEqual([]);
});

test('a tuned model of another server than answers now is left to be set with its key', async () => {
  const { state, dataOf, opened } = panel();
  await state.load();
  const elsewhere: TuningJob = { ...job, baseUrl: 'https://api.fireworks.ai/v1', plan: { ...job.plan, service: 'fireworks' } };
  await state.use(elsewhere, 'accounts/me/models/marv');
  expect(dataOf('settings/write')).toEqual([]);
  expect(opened).toEqual([{ baseUrl: 'https://api.fireworks.ai/inference/v1', chatModel: 'accounts/me/models/marv' }]);
  expect(state.used.value).toBeUndefined();
});
