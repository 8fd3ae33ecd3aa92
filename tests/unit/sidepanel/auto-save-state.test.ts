import { describe, expect, it } from 'vitest';
import { defaultAutoSaveSettings } from '../../../src/core/capture/auto-save';
import { ProblemError } from '../../../src/core/problem';
import type { AutoSaveView } from '../../../src/protocol/worker-requests';
import { createClient } from '../../../src/sidepanel/client';
import { createAutoSaveState } from '../../../src/sidepanel/state/auto-save-state';
import { createStorageState } from '../../../src/sidepanel/state/storage-state';
import { createFakeWorker, type FakeHandlers } from '../../support/fake-worker';

async function setUp({ grantsAccess = true } = {}) {
  let stored: AutoSaveView = { ...defaultAutoSaveSettings, isOn: true, notAllowed: [] };
  const handlers: FakeHandlers = {
    'auto-save/read': async () => stored,
    'auto-save/write': async (written) => {
      stored = { ...stored, ...written };
      return stored;
    },
  };
  const worker = createFakeWorker({ handlers, grantsAccess });
  const state = createAutoSaveState(createClient(worker.browser));
  await state.load();
  return { state, worker, stored: () => stored };
}

describe('A rule to save', () => {
  it('is added when the browser allows its sites, which are asked for in the click itself and are no more than those', async () => {
    const { state, worker, stored } = await setUp();
    state.write('https://www.Lamps.example/oil');
    const adding = state.addRule();
    expect(worker.requestedOrigins).toEqual([
      'https://lamps.example/*',
      'http://lamps.example/*',
      'https://www.lamps.example/*',
      'http://www.lamps.example/*',
    ]);
    await adding;
    expect(stored().rules).toEqual([{ pattern: 'www.lamps.example/oil', action: 'save' }]);
    expect(state.written.value).toBe('');
  });

  it('is not added when the browser does not, which is said until something else is typed', async () => {
    const { state, stored } = await setUp({ grantsAccess: false });
    state.write('lamps.example');
    await state.addRule();
    expect(stored().rules).toEqual([]);
    expect(state.refusal.value).toBe('not-allowed');
    expect(state.written.value).toBe('lamps.example');
    state.write('lamps.example/oil');
    expect(state.refusal.value).toBeUndefined();
  });

  it('for all sites is a rule of its own, for which all are asked', async () => {
    const { state, worker, stored } = await setUp();
    await state.addAllSites();
    expect(worker.requestedOrigins).toEqual(['https://*/*', 'http://*/*']);
    expect(stored().rules).toEqual([{ pattern: '*', action: 'save' }]);
  });
});

it('A rule never to save needs no leave, and takes the place of one about the same', async () => {
  const { state, worker, stored } = await setUp();
  state.write('lamps.example');
  await state.addRule();
  const asked = worker.requestedOrigins.length;
  state.action.value = 'never';
  state.write('lamps.example');
  await state.addRule();
  expect(worker.requestedOrigins).toHaveLength(asked);
  expect(stored().rules).toEqual([{ pattern: 'lamps.example', action: 'never' }]);
});

it('What is no site is not asked for', async () => {
  const { state, worker } = await setUp();
  state.write('two words');
  await state.addRule();
  expect(state.refusal.value).toBe('not-a-site');
  expect(worker.requestedOrigins).toEqual([]);
});

it('A time out of bounds is not stored', async () => {
  const { state, stored } = await setUp();
  for (const seconds of [0, 1.5, Number.NaN, 3_601]) await state.wait(seconds);
  expect(stored().readSeconds).toBe(30);
  await state.wait(5);
  expect(stored().readSeconds).toBe(5);
});

it('What changed elsewhere is shown when the worker tells', async () => {
  const { state, worker } = await setUp();
  const asked = worker.requests.length;
  await state.receive({ type: 'auto-save-changed' });
  expect(worker.requests.slice(asked).map(({ request }) => request)).toEqual(['auto-save/read']);
});

describe('The browser', () => {
  const keeperWith = (isKept: boolean, isSpared = false) => {
    const asked: string[] = [];
    return {
      asked,
      persisted: async () => isKept,
      isSpared: async () => isSpared,
      persist: async () => {
        asked.push('persist');
        return false;
      },
    };
  };

  it('is asked to keep the library once, and not at all if it does already', async () => {
    const client = createClient(createFakeWorker().browser);
    const [spared, kept] = [keeperWith(false, true), keeperWith(true)];
    for (const keeper of [spared, kept]) {
      const state = createStorageState(client, keeper);
      await state.keep();
      await state.keep();
      expect(state.isKept.value).toBe(true);
    }
    expect([spared.asked, kept.asked]).toEqual([['persist'], []]);
  });

  it('that promises nothing is said to promise nothing', async () => {
    const state = createStorageState(createClient(createFakeWorker().browser), keeperWith(false));
    await state.keep();
    expect(state.isKept.value).toBe(false);
  });

  it('says what is wrong when the library cannot be measured, and begins anew only when told', async () => {
    const sent: string[] = [];
    const handlers: FakeHandlers = {
      'storage/read': async () => {
        throw new ProblemError({ code: 'storage-unavailable' });
      },
      'storage/start-anew': async () => {
        sent.push('start-anew');
        return null;
      },
    };
    const state = createStorageState(createClient(createFakeWorker({ handlers }).browser), keeperWith(true));
    await state.load();
    expect(state.problem.value?.code).toBe('storage-unavailable');
    expect(sent).toEqual([]);
    await state.startAnew();
    expect([sent, state.problem.value]).toEqual([['start-anew'], undefined]);
  });
});
