import { expect, it, test } from 'vitest';
import { accessAsChatMoves, changedAccess, keyOf } from '../../../src/background/tuning/train/training-access';
import { trainingAddresses } from '../../../src/background/tuning/train/training-addresses';
import { trainingAnnouncer } from '../../../src/background/tuning/train/training-announcer';
import { trainingSets } from '../../../src/background/tuning/train/training-sets';
import { tuningJobHandlers } from '../../../src/background/tuning/train/tuning-job-handlers';
import { defaultModelSettings } from '../../../src/core/models/settings';
import { problemOf } from '../../../src/core/problem';
import type { SpendingSettings } from '../../../src/core/spending/spending-settings';
import type { TuningExample } from '../../../src/core/tuning/example';
import { exampleId } from '../../../src/core/tuning/stored-example';
import type { TuningJobId, TuningPlan, TuningServiceName } from '../../../src/core/tuning/training/tuning-job';
import type { ShownPrice } from '../../../src/protocol/tuning-job-requests';
import type { ModelAccess } from '../../../src/storage/settings/model-settings';
import { putExamples } from '../../../src/storage/tuning/examples';
import { openTuningFile } from '../../../src/storage/tuning/tuning-files';
import { changeTuningJob, listTuningJobs, readTuningJob } from '../../../src/storage/tuning/tuning-jobs';
import type { TuningServiceAccess } from '../../../src/storage/tuning/tuning-services';
import { memoryTuningService } from '../../support/memory-tuning-service';
import { temporaryLibrary } from '../../support/temporary-library';
import { tuningJob, tuningJobId, tuningPlan } from '../../support/tuning-job';

const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length;
const chat: ModelAccess = {
  settings: { ...defaultModelSettings, baseUrl: 'https://api.openai.com/v1' },
  apiKey: 'chat key',
};
const pair = (question: string, answer: string, besides: Partial<TuningExample> = {}): TuningExample => ({
  conversation: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: question },
  ],
  answer: { role: 'assistant', content: answer },
  ...besides,
});
const set = (count: number) => Array.from({ length: count }, (_, index) => pair(`Question ${index}`, `Answer ${index}`));

async function handlers(examples: readonly TuningExample[], { spending = { prices: [] } }: { spending?: SpendingSettings } = {}) {
  const library = await temporaryLibrary();
  const add = (more: readonly TuningExample[], at = 1) =>
    putExamples(
      library,
      more.map((example, index) => ({ id: exampleId(at, String(index).padStart(6, '0')), createdAt: at, example })),
    );
  await add(examples);
  const stored = new Map<TuningServiceName, TuningServiceAccess>();
  const clock = { now: new Date(2026, 10, 21, 12).getTime() };
  const state = { mayReach: true, runs: 0, asked: [] as { baseUrl: string; apiKey: string }[], elapsedMs: 0, counted: () => {}, chat };
  const remote = memoryTuningService();
  const mayReach = async () => state.mayReach;
  const openLibrary = async () => library;
  const sets = trainingSets({
    openLibrary,
    countTokens: async () => countTokens,
    counted: () => state.counted(),
    // A slice is over after two examples.
    elapsed: () => {
      state.elapsedMs += 30;
      return state.elapsedMs;
    },
  });
  let lastId = 0;
  let lastWish = 0;
  const addresses = trainingAddresses({
    readAccess: async (name) => stored.get(name) ?? { keys: [] },
    writeAccess: async (name, access) => void stored.set(name, access),
    readChatAccess: async () => state.chat,
    listJobs: () => listTuningJobs(library),
    mayReach,
    openService: (_name, address) => {
      state.asked.push(address);
      return remote.service;
    },
  });
  const all = tuningJobHandlers({
    openLibrary,
    addresses,
    sets,
    mayReach,
    readSettings: async () => spending,
    beingMade: new Set(),
    run: () => {
      state.runs += 1;
    },
    stopSending: () => {},
    changed: () => {},
    spent: () => {},
    seen: async () => {},
    keepAwake: (work) => work,
    now: () => clock.now,
    newId: () => `id-${++lastId}`,
  });
  const ask = <Name extends keyof typeof all>(name: Name, data: Parameters<(typeof all)[Name]>[0]) =>
    all[name](data as never, {} as never) as ReturnType<(typeof all)[Name]>;
  const shownFor = async (plan: TuningPlan): Promise<ShownPrice> => {
    const { baseUrl, usd } = await ask('tuning-jobs/estimate', { plan });
    return { baseUrl, ...(usd === undefined ? {} : { usd }) };
  };
  /** At the price that is shown for it, as the panel does. */
  const start = async (plan: TuningPlan, wish = `wish-${++lastWish}`) =>
    ask('tuning-jobs/start', { plan, shown: await shownFor(plan), wish });
  return { library, ask, shownFor, start, addresses, add, sets, clock, state, remote, stored };
}

const codesOf = (hindrances: readonly { readonly code: string }[]) => hindrances.map(({ code }) => code);

it('An estimate counts what would be sent: the good answers, both sides, exactly', async () => {
  const examples = [...set(12), pair('Held back', 'Kept', { split: 'validation' }), pair('No answer yet', ''), pair('Bad', 'Bad')];
  const { ask, start, library } = await handlers(
    examples.map((example, index) => (index === 13 ? { conversation: example.conversation } : example)),
  );
  const estimate = await ask('tuning-jobs/estimate', { plan: tuningPlan });
  // 4 a turn and 3 an example; “Be brief.” and a question and an answer of two words.
  expect(estimate.training).toMatchObject({ examples: 13, tokens: 12 * (3 + 12 + 6) + (3 + 12 + 4) });
  expect(estimate.validation).toMatchObject({ examples: 1, tokens: 3 + 12 + 5 });
  expect(estimate).toMatchObject({ epochs: 3, usdPerMillionTrained: 1.5, hindrances: [] });
  expect(estimate.usd).toBeCloseTo((estimate.training.tokens * 3 * 1.5) / 1_000_000, 12);
  const job = await start(tuningPlan);
  const sent = await (await openTuningFile(library, job.id, 'training'))?.text();
  expect(sent?.trim().split('\n')).toHaveLength(13);
  expect([sent?.length, job.training.bytes, job.training.tokens]).toEqual([
    estimate.training.bytes,
    estimate.training.bytes,
    estimate.training.tokens,
  ]);
  expect(JSON.parse(sent?.split('\n')[0] ?? '')).toEqual({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Question 0' },
      { role: 'assistant', content: 'Answer 0' },
    ],
  });
});

it('What is sent stays as it was when the job began, and is without the system prompt or the other side where that was chosen', async () => {
  const { start, add, sets, library } = await handlers([...set(12), pair('Held back', 'Kept', { split: 'validation' })]);
  const plan: TuningPlan = { ...tuningPlan, withSystemPrompt: false, withValidation: false };
  const job = await start(plan);
  expect(job).toMatchObject({ state: 'uploading', training: { examples: 12, sentBytes: 0 } });
  expect(job.validation).toBeUndefined();
  await add(set(40), 2);
  sets.forget();
  const sent = await (await openTuningFile(library, job.id, 'training'))?.text();
  expect(sent).not.toContain('Be brief.');
  expect(sent?.trim().split('\n')).toHaveLength(12);
  expect(await openTuningFile(library, job.id, 'validation')).toBeUndefined();
});

it('Training by preference sends the pairs, and says so when there is none', async () => {
  const rejected = { role: 'assistant', content: 'No.' };
  const plan: TuningPlan = { ...tuningPlan, method: 'dpo' };
  const some = await handlers(set(12).map((example) => ({ ...example, rejected })));
  const job = await some.start(plan);
  // Each answer is read with its prompt: 3 for an example, 4 a turn, and the words.
  expect(job.training).toMatchObject({ examples: 12, tokens: 12 * (3 + 3 * 4 + 6 + (3 + 3 * 4 + 5)) });
  expect((await some.ask('tuning-jobs/estimate', { plan: tuningPlan })).training.tokens, 'nothing is rejected there').toBe(12 * 21);
  const first = (await (await openTuningFile(some.library, job.id, 'training'))?.text())?.split('\n')[0] ?? '';
  expect(Object.keys(JSON.parse(first))).toEqual(['input', 'preferred_output', 'non_preferred_output']);
  const none = await handlers(set(12));
  expect(codesOf((await none.ask('tuning-jobs/estimate', { plan })).hindrances)).toEqual(['tuning-nothing-rejected']);
});

it('What the service or the person’s own limit would refuse is said, and nothing begins', async () => {
  const few = await handlers([...set(8), pair('Empty', ' ')], { spending: { prices: [], capUsd: 0 } });
  few.state.mayReach = false;
  const { hindrances } = await few.ask('tuning-jobs/estimate', { plan: tuningPlan });
  expect(codesOf(hindrances)).toEqual(['tuning-examples-too-few', 'tuning-examples-refused', 'spending-cap', 'model-permission-missing']);
  await few.ask('tuning-jobs/set-service', { name: 'openai', baseUrl: '', apiKey: '' });
  expect(codesOf((await few.ask('tuning-jobs/estimate', { plan: tuningPlan })).hindrances)).toContain('tuning-key-missing');
  for (const capUsd of [0, 1]) {
    const { start, library } = await handlers(set(capUsd === 0 ? 12 : 8), { spending: { prices: [], capUsd } });
    const code = await start(tuningPlan).catch((error: unknown) => problemOf(error).code);
    expect(code).toBe(capUsd === 0 ? 'spending-cap' : 'tuning-examples-too-few');
    expect([await library.count('tuningJobs'), await library.count('tuningFiles'), await library.count('usage')]).toEqual([0, 0, 0]);
  }
});

it('A large set is put aside piece by piece, and is the same when it is sent', async () => {
  const examples = Array.from({ length: 30 }, (_, index) => pair(`Question ${index}`, `${index} ${'wörd '.repeat(20_000)}`));
  const { start, library } = await handlers(examples);
  const job = await start(tuningPlan);
  const pieces = await library.getAll('tuningFiles');
  expect(pieces.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...pieces.map(({ size }) => size))).toBeLessThan(2_000_000);
  const file = await openTuningFile(library, job.id, 'training');
  expect(file?.size).toBe(job.training.bytes);
  const lines = (await file?.text())?.trim().split('\n') ?? [];
  expect(lines.map((line) => JSON.parse(line).messages[2].content)).toEqual(examples.map(({ answer }) => answer?.content));
});

it('Counting can be stopped, that of a start too, which then has begun nothing', async () => {
  const { ask, start, shownFor, sets, library, state } = await handlers(set(12));
  const wish = { plan: tuningPlan, shown: await shownFor(tuningPlan), wish: 'one' };
  sets.forget();
  for (const request of ['tuning-jobs/estimate', 'tuning-jobs/start'] as const) {
    state.counted = () => void ask('tuning-jobs/stop-counting', null);
    await expect(ask(request, wish)).rejects.toMatchObject({ problem: { code: 'interrupted' } });
  }
  expect([await library.count('tuningJobs'), await library.count('tuningFiles')]).toEqual([0, 0]);
  state.counted = () => {};
  expect((await start(tuningPlan)).state).toBe('uploading');
});

it('A start that is heard twice begins one job; the same plan elsewhere, or a while later, another', async () => {
  const { ask, start, clock, library } = await handlers(set(12));
  const first = await start(tuningPlan);
  const { service, ...rest } = tuningPlan;
  expect((await start({ ...rest, service })).id).toBe(first.id);
  expect((await start({ ...tuningPlan, suffix: 'two' })).id).not.toBe(first.id);
  clock.now += 60_000;
  const later = await start(tuningPlan);
  expect(later.id).not.toBe(first.id);
  expect(await library.count('usage')).toBe(3);
  await ask('tuning-jobs/set-service', { name: 'openai', baseUrl: 'https://other.example/v1', apiKey: 'other key' });
  const elsewhere = await start(tuningPlan);
  expect([elsewhere.id === later.id, elsewhere.baseUrl]).toEqual([false, 'https://other.example/v1']);
});

it('One wish begins one job, whenever and wherever it is heard again, and what was put aside for another is gone', async () => {
  const { start, shownFor, clock, state, library } = await handlers(set(12));
  // Two panels at the same moment, of which neither knows of the other's wish.
  const [first, second] = await Promise.all([start(tuningPlan, 'one'), start(tuningPlan, 'of-another-panel')]);
  expect(second.id).toBe(first.id);
  clock.now += 3_600_000;
  const { wish } = (await readTuningJob(library, first.id)) ?? {};
  expect((await start(tuningPlan, wish)).id).toBe(first.id);
  expect((await openTuningFile(library, first.id, 'training'))?.size).toBe(first.training.bytes);
  // Its one file, and which questions it trains.
  expect([await library.count('tuningJobs'), await library.count('tuningFiles'), await library.count('usage')]).toEqual([1, 2, 1]);
  // The minute begins when the job is stored, however long that took.
  const slow: TuningPlan = { ...tuningPlan, withValidation: false };
  await shownFor(slow);
  let isSlow = false;
  state.counted = () => {
    if (!isSlow) clock.now += 90_000;
    isSlow = true;
  };
  const third = await start(slow);
  expect(isSlow).toBe(true);
  expect([third.createdAt, (await start(slow)).id]).toEqual([clock.now, third.id]);
});

it('A service is asked at its own address with the key given for it, and nowhere else', async () => {
  const { ask, start, state, remote, library, clock } = await handlers(set(12));
  const [openai, fireworks] = await ask('tuning-jobs/services', null);
  expect(openai).toMatchObject({ baseUrl: 'https://api.openai.com/v1', hasKey: true, canPause: true });
  expect(openai?.models).toContainEqual({ model: 'gpt-4.1-nano', usdPerMillionTrained: 1.5, date: '2026-06-21' });
  expect(fireworks).toMatchObject({ hasKey: false });
  expect(JSON.stringify([openai, fireworks])).not.toContain('chat key');
  const job = await start(tuningPlan);
  await changeTuningJob(library, job.id, (record) => ({ ...record, job: { ...record.job, state: 'running', remoteId: 'ftjob-1' } }));
  remote.account.jobs.push({
    remoteId: 'ftjob-1',
    model: 'm',
    state: 'running',
    createdAt: clock.now,
    resultFiles: [],
    request: {} as never,
  });
  const [moved] = await ask('tuning-jobs/set-service', { name: 'openai', baseUrl: 'https://other.example/v1/' });
  expect(moved).toMatchObject({ baseUrl: 'https://other.example/v1', hasKey: false });
  await ask('tuning-jobs/set-service', { name: 'openai', baseUrl: 'https://other.example/v1', apiKey: 'other key' });
  state.asked.length = 0;
  await ask('tuning-jobs/availability', { name: 'openai' });
  expect((await ask('tuning-jobs/pause', { id: job.id })).state).toBe('paused');
  expect(state.asked).toEqual([
    { baseUrl: 'https://other.example/v1', apiKey: 'other key' },
    { baseUrl: 'https://api.openai.com/v1', apiKey: 'chat key' },
  ]);
});

it('Nothing begins at another address or for another price than was shown', async () => {
  const { ask, shownFor, add, state, library } = await handlers(set(12));
  const shown = await shownFor(tuningPlan);
  expect(shown.baseUrl).toBe('https://api.openai.com/v1');
  const codeOf = () => ask('tuning-jobs/start', { plan: tuningPlan, shown, wish: 'one' }).catch((error: unknown) => problemOf(error).code);
  // The service follows the chat, which was moved in Settings meanwhile.
  state.chat = { settings: { ...chat.settings, baseUrl: 'https://other.example/v1' }, apiKey: 'other key' };
  expect(await codeOf()).toBe('tuning-price-changed');
  state.chat = chat;
  await add(set(40), 2);
  expect(await codeOf()).toBe('tuning-price-changed');
  expect([await library.count('tuningJobs'), await library.count('tuningFiles'), await library.count('usage')]).toEqual([0, 0, 0]);
});

it('A job that goes on with the chat’s key keeps it when the chat moves, until it is over or the key is to be forgotten', async () => {
  const { start, state, stored, addresses, library } = await handlers(set(12));
  const { id, baseUrl } = await start(tuningPlan);
  const keyThere = async () => (await addresses.addressOf('openai', baseUrl)).apiKey;
  const moveChat = async (to: string, newKey: string) => {
    const settings = { ...chat.settings, baseUrl: to };
    await addresses.chatMoves({ baseUrl: to, newKey });
    state.chat = { settings, apiKey: newKey };
  };
  await moveChat('https://other.example/v1', 'other key');
  expect(await keyThere()).toBe('chat key');
  expect((await addresses.addressOf('openai')).apiKey).toBe('other key');
  expect(stored.get('fireworks'), 'it has no job there').toBeUndefined();
  await moveChat('https://third.example/v1', 'third key');
  expect(await keyThere()).toBe('chat key');
  await moveChat(baseUrl, 'newer key');
  expect(await keyThere(), 'the chat’s own, when it is there again').toBe('newer key');
  await moveChat('https://other.example/v1', 'other key');
  expect(await keyThere()).toBe('newer key');
  await addresses.forgetUnusedKeys();
  expect(await keyThere()).toBe('newer key');
  await changeTuningJob(library, id, (record) => ({ ...record, leftToDo: ['settle'], job: tuningJob(id, { state: 'cancelled' }) }));
  await addresses.forgetUnusedKeys();
  expect(await keyThere(), 'something is left to be done').toBe('newer key');
  await changeTuningJob(library, id, (record) => ({ ...record, leftToDo: [] }));
  await addresses.forgetUnusedKeys();
  expect([await keyThere(), stored.get('openai')]).toEqual(['', { keys: [] }]);
});

test('A key that is to be forgotten in Settings is not kept for jobs, and one given for training is not touched', () => {
  const there = chat.settings.baseUrl;
  const moved = { baseUrl: 'https://other.example/v1', newKey: undefined };
  const kept = accessAsChatMoves({ keys: [] }, chat, moved, [there]);
  expect(kept.keys).toEqual([{ origin: 'https://api.openai.com', apiKey: 'chat key', isOfChat: true }]);
  expect(accessAsChatMoves(kept, chat, { ...moved, newKey: '' }, [there]).keys).toEqual([]);
  expect(accessAsChatMoves({ keys: [] }, chat, moved, []).keys).toEqual([]);
  const given = { keys: [{ origin: 'https://api.openai.com', apiKey: 'training key' }] };
  expect(accessAsChatMoves(given, chat, moved, [there])).toEqual(given);
  expect(accessAsChatMoves(given, chat, { ...moved, newKey: '' }, [there])).toEqual(given);
});

it('A key that is given for one address, or a look at one job, sets no other job going', async () => {
  const { ask, start, library } = await handlers(set(12));
  const wishes = { far: { suffix: 'far' }, near: { suffix: 'near' }, unclear: { suffix: 'unclear' } };
  const jobs: Record<string, TuningJobId> = {};
  for (const [name, wish] of Object.entries(wishes)) {
    const { id } = await start({ ...tuningPlan, ...wish });
    const problem = { code: name === 'unclear' ? 'tuning-creation-unclear' : 'model-quota' } as const;
    const baseUrl = name === 'far' ? 'https://far.example/v1' : 'https://api.openai.com/v1';
    await changeTuningJob(library, id, (record) => ({
      ...record,
      notBefore: Number.POSITIVE_INFINITY,
      job: { ...record.job, baseUrl, state: 'creating', problem },
    }));
    jobs[name] = id;
  }
  const going = async () => {
    const records = await listTuningJobs(library);
    return Object.keys(jobs).filter((name) => records.find(({ id }) => id === jobs[name])?.notBefore === 0);
  };
  await ask('tuning-jobs/set-service', { name: 'fireworks', baseUrl: '', apiKey: 'a key' });
  expect(await going()).toEqual([]);
  await ask('tuning-jobs/set-service', { name: 'openai', baseUrl: '', apiKey: 'a key' });
  expect(await going()).toEqual(['near']);
  await ask('tuning-jobs/refresh', { id: jobs.unclear as TuningJobId });
  expect(await going(), 'the person wants it').toEqual(['near', 'unclear']);
  await expect(ask('tuning-jobs/refresh', { id: tuningJobId('gone') })).rejects.toMatchObject({ problem: { code: 'not-found' } });
});

it('What is taken off the list before it was settled leaves nothing set aside', async () => {
  const { ask, start, library } = await handlers(set(12));
  const { id } = await start(tuningPlan);
  expect(await library.getAll('usage')).toMatchObject([{ isExpected: true }]);
  const job = tuningJob(id, { state: 'cancelled' });
  await changeTuningJob(library, id, (record) => ({ ...record, leftToDo: ['tell-course', 'settle'], job }));
  await ask('tuning-jobs/forget', { id });
  expect([await library.getAll('usage'), await library.count('tuningJobs')]).toEqual([[], 0]);
});

test('The key of an address before is kept for as long as jobs go on there, and an empty one forgets them all', () => {
  const [one, two] = ['https://one.example/v1', 'https://two.example/v1'];
  const first = changedAccess({ keys: [] }, 'openai', { baseUrl: one, newKey: 'key one' }, [], chat);
  const moved = changedAccess(first, 'openai', { baseUrl: two, newKey: undefined }, [one], chat);
  expect([keyOf(one, moved, chat), keyOf(two, moved, chat)]).toEqual(['key one', '']);
  expect(keyOf(one, changedAccess(moved, 'openai', { baseUrl: two, newKey: undefined }, [], chat), chat)).toBe('');
  expect(keyOf(one, changedAccess(moved, 'openai', { baseUrl: two, newKey: '' }, [one], chat), chat)).toBe('');
  const ofChat = chat.settings.baseUrl;
  expect(keyOf(ofChat, { keys: [] }, chat)).toBe('chat key');
  expect(keyOf(ofChat, changedAccess({ keys: [] }, 'openai', { baseUrl: '', newKey: '' }, [], chat), chat)).toBe('');
});

test('Cancelling is a wish that outlives the worker; what has ended can be taken off the list, and nothing else', async () => {
  const { ask, start, library } = await handlers(set(12));
  const { id } = await start(tuningPlan);
  await changeTuningJob(library, id, (record) => ({ ...record, failures: 3, notBefore: Number.POSITIVE_INFINITY }));
  await expect(ask('tuning-jobs/forget', { id })).rejects.toThrow();
  expect(await ask('tuning-jobs/cancel', { id })).toMatchObject({ isCancelling: true });
  expect(await readTuningJob(library, id)).toMatchObject({ notBefore: 0, failures: 0 });
  await changeTuningJob(library, id, (record) => ({ ...record, job: tuningJob(id, { state: 'cancelled' }) }));
  await ask('tuning-jobs/forget', { id });
  expect(await ask('tuning-jobs/list', null)).toEqual([]);
});

test('An end is told by a notification where that is allowed, else by a mark on the icon until it was seen', async () => {
  const { start, library } = await handlers(set(12));
  const { id } = await start(tuningPlan);
  const told: unknown[] = [];
  const state = { mayNotify: false };
  const announcer = trainingAnnouncer(
    async () => library,
    {
      mayNotify: async () => state.mayNotify,
      notify: async (...what) => told.push(what),
      mark: async (words) => void told.push(words ?? 'no mark'),
    },
    (job) => ({ title: job.state, message: job.plan.model }),
  );
  await announcer.seen();
  expect(told, 'a mark of something else stays').toEqual([]);
  const ended = tuningJob(id, { state: 'succeeded' });
  await changeTuningJob(library, id, (record) => ({ ...record, job: ended, isUnseen: true }));
  await announcer.announce(ended);
  await announcer.markAgain();
  await announcer.seen();
  await announcer.markAgain();
  expect(told).toEqual(['succeeded', 'succeeded', 'no mark']);
  await announcer.announce(ended);
  expect(told.at(-1), 'it was seen before it was announced').toBe('no mark');
  state.mayNotify = true;
  await announcer.announce(ended);
  expect(told.at(-1)).toEqual([`tuning-job:${id}`, 'succeeded', 'gpt-4.1-nano']);
});
