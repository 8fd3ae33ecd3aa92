import { expect, it } from 'vitest';
import type { EmbeddingBacklog, ModelConnection, ModelSettingsView } from '../../../src/protocol/worker-requests';
import { createClient } from '../../../src/sidepanel/client';
import { createSettingsState } from '../../../src/sidepanel/state/settings-state';
import { createFakeWorker, type FakeHandlers } from '../../support/fake-worker';

const stored: ModelSettingsView = {
  baseUrl: 'https://models.example/v1',
  chatModel: 'writer',
  embeddingModel: '',
  contextTokens: 6_000,
  hasKey: true,
};

async function setUp({ grantsAccess = true }: { grantsAccess?: boolean } = {}) {
  const connections: ModelConnection[] = [];
  const handlers: FakeHandlers = {
    'settings/read': async () => stored,
    'settings/write': async ({ settings, apiKey }) => ({ ...settings, hasKey: apiKey === undefined ? stored.hasKey : apiKey !== '' }),
    'models/list': async (connection) => {
      connections.push(connection);
      return [{ id: 'writer' }, { id: 'reader' }];
    },
  };
  const worker = createFakeWorker({ handlers, grantsAccess });
  const state = createSettingsState(createClient(worker.browser));
  await state.load();
  return { state, worker, connections };
}

it('tests a connection with the stored key while the server stays the same', async () => {
  const { state, connections } = await setUp();
  await state.test();
  expect(connections).toEqual([{ baseUrl: stored.baseUrl }]);
  expect(state.models.value).toEqual([{ id: 'writer' }, { id: 'reader' }]);
});

it('does not let the stored key go to another server', async () => {
  const { state, connections } = await setUp();
  state.change({ baseUrl: 'https://other.example/v1' });
  await state.test();
  expect(connections).toEqual([{ baseUrl: 'https://other.example/v1', apiKey: '' }]);
});

it('asks for access in the click itself, before anything is awaited', async () => {
  const { state, worker } = await setUp();
  void state.test();
  expect(worker.requestedOrigins).toEqual(['https://models.example/*']);
});

it('sends nothing to a server that the person does not allow', async () => {
  const { state, connections } = await setUp({ grantsAccess: false });
  await state.test();
  expect(connections).toEqual([]);
  expect(state.problem.value).toEqual({ code: 'model-permission-missing' });
});

it('refuses an address that is not one of the web', async () => {
  const { state, worker } = await setUp();
  state.change({ baseUrl: 'models.example' });
  await state.save();
  expect(state.problem.value).toEqual({ code: 'model-address-invalid' });
  expect(worker.requestedOrigins).toEqual([]);
});

it('forgets a typed key as soon as it is stored', async () => {
  const { state } = await setUp();
  state.typedKey.value = 'sk-secret';
  await state.save();
  expect(state.typedKey.value).toBeUndefined();
  expect(state.justSaved.value).toBe(true);
});

it('keeps what is being edited when the key is forgotten', async () => {
  const { state } = await setUp();
  state.change({ chatModel: 'another' });
  await state.forgetKey();
  expect(state.stored.value).toMatchObject({ chatModel: 'writer', hasKey: false });
  expect(state.draft.value.chatModel).toBe('another');
});

it('shows how far the counting is until it is done, or was stopped', async () => {
  const replies: ((backlog: EmbeddingBacklog | null) => void)[] = [];
  const handlers: FakeHandlers = {
    'embedding/backlog': () => new Promise((resolve) => replies.push(resolve)),
    'embedding/stop-counting': async () => {
      replies.shift()?.(null);
      return null;
    },
  };
  const worker = createFakeWorker({ handlers });
  const state = createSettingsState(createClient(worker.browser));
  const progress = { type: 'backlog-counted', pagesCounted: 25, totalPages: 100 } as const;
  const loading = state.load();
  await expect.poll(() => replies).toHaveLength(1);
  void state.receive(progress);
  expect(state.counting.value).toMatchObject({ pagesCounted: 25, totalPages: 100 });
  await state.stopCounting();
  await loading;
  expect(state.counting.value).toBe('stopped');

  const counting = state.countBacklog();
  await expect.poll(() => replies).toHaveLength(1);
  const counted = { pages: 1, passages: 2, tokens: 3, cost: { kind: 'local' } } as const;
  replies.shift()?.(counted);
  await counting;
  void state.receive(progress);
  expect(state.counting.value).toBeUndefined();
  expect(state.backlog.value).toEqual(counted);
});

it('keeps what has been edited and not saved when they are changed elsewhere, and takes the rest', async () => {
  let now = stored;
  const worker = createFakeWorker({ handlers: { 'settings/read': async () => now } });
  const state = createSettingsState(createClient(worker.browser));
  await state.load();
  state.change({ contextTokens: 9_000 });
  state.typedKey.value = 'sk-secret';
  now = { ...stored, chatModel: 'other', contextTokens: 7_000, parameters: { temperature: 0.5 } };
  await state.reload();
  const { hasKey: _, ...others } = now;
  expect(state.draft.value).toEqual({ ...others, contextTokens: 9_000 });
  expect(state.stored.value).toEqual(now);
  expect(state.typedKey.value).toBe('sk-secret');
});
