import { effect } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../src/core/problem';
import type { FindResult } from '../../../src/protocol/worker-requests';
import { createClient } from '../../../src/sidepanel/client';
import { createFindState } from '../../../src/sidepanel/state/find-state';
import { createFakeWorker } from '../../support/fake-worker';

/** A worker that answers when it is told to. */
function setUp(mostInSight?: () => number) {
  const asked: string[] = [];
  const firsts: (number | undefined)[] = [];
  const replies: ((result: FindResult | Error) => void)[] = [];
  const worker = createFakeWorker({
    handlers: {
      'library/find': ({ text, first }) =>
        new Promise((resolve, reject) => {
          asked.push(text);
          firsts.push(first);
          replies.push((result) => (result instanceof Error ? reject(result) : resolve(result)));
        }),
    },
  });
  const state = createFindState(createClient(worker.browser), undefined, mostInSight);
  const reply = (result: FindResult | Error = { pages: [], hasMore: false }) => replies.shift()?.(result);
  return { state, asked, firsts, reply };
}

it('asks one thing at a time, and then only for what was typed last', async () => {
  const { state, asked, reply } = setUp();
  const typing = ['l', 'la', 'lam', 'lamp'].map((text) => state.type(text));
  await expect.poll(() => asked).toEqual(['l']);
  reply();
  await expect.poll(() => asked).toEqual(['l', 'lamp']);
  expect(state.found.value?.text).toBe('l');
  reply({ pages: [], hasMore: true });
  await Promise.all(typing);
  expect(asked).toEqual(['l', 'lamp']);
  expect(state.found.value).toEqual({ text: 'lamp', pages: [], hasMore: true });
});

it('drops the answer to what has been cleared', async () => {
  const { state, asked, reply } = setUp();
  void state.type('lamp');
  await expect.poll(() => asked).toEqual(['lamp']);
  const cleared = state.type('');
  reply();
  await cleared;
  expect(asked).toEqual(['lamp']);
  expect(state.found.value).toBeUndefined();
});

it('says what went wrong until it goes well', async () => {
  const { state, asked, reply } = setUp();
  const failing = state.type('lamp');
  await expect.poll(() => asked).toHaveLength(1);
  reply(new ProblemError({ code: 'storage-unavailable' }));
  await failing;
  expect(state.problem.value?.code).toBe('storage-unavailable');
  const again = state.again();
  await expect.poll(() => asked).toHaveLength(2);
  reply();
  await again;
  expect(state.problem.value).toBeUndefined();
});

it('asks before anything is drawn anew', () => {
  const order: string[] = [];
  const send = () => {
    order.push('asked');
    return new Promise<never>(() => {});
  };
  const state = createFindState({ send });
  const stop = effect(() => void order.push(`“${state.text.value}” drawn`));
  void state.type('l');
  stop();
  expect(order).toEqual(['“” drawn', 'asked', '“l” drawn']);
});

it('looks for nothing when the box is empty', async () => {
  const { state, asked } = setUp();
  await state.type('  ');
  await state.again();
  expect(asked).toEqual([]);
});

describe('What is out of sight', () => {
  // Only what the state itself waits by: the clock is set by hand.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const early = { pages: [], pagesToCome: 3, hasMore: false };
  const typed = async ({ state, asked, reply }: ReturnType<typeof setUp>, text: string) => {
    const typing = state.type(text);
    await vi.waitFor(() => expect(asked.at(-1)).toBe(text));
    reply(early);
    await typing;
  };

  it('is asked for when no other letter follows', async () => {
    const box = setUp(() => 7);
    await typed(box, 'lamp');
    expect(box.firsts).toEqual([7]);
    expect(box.state.found.value).toEqual({ text: 'lamp', ...early });
    vi.runAllTimers();
    await vi.waitFor(() => expect(box.firsts).toEqual([7, undefined]));
    box.reply();
    await vi.waitFor(() => expect(box.state.found.value).toEqual({ text: 'lamp', pages: [], hasMore: false }));
    expect(box.asked).toEqual(['lamp', 'lamp']);
  });

  it('is not asked for when more is typed before, nor when the box is cleared', async () => {
    const box = setUp(() => 7);
    await typed(box, 'l');
    await typed(box, 'la');
    expect(vi.getTimerCount()).toBe(1);
    await box.state.type('');
    expect(vi.getTimerCount()).toBe(0);
    expect(box.asked).toEqual(['l', 'la']);
  });

  it('is asked for at once when it is in sight after all, and not once it is there', async () => {
    const box = setUp(() => 7);
    expect(box.state.rest()).toBeUndefined();
    await typed(box, 'lamp');
    const rest = box.state.rest();
    await vi.waitFor(() => expect(box.firsts).toEqual([7, undefined]));
    box.reply();
    await rest;
    expect(vi.getTimerCount()).toBe(0);
    expect(box.state.rest()).toBeUndefined();
  });

  it('is not asked for when the answer is to fewer letters than were typed', async () => {
    const box = setUp(() => 7);
    await typed(box, 'lam');
    const typing = box.state.type('lamp');
    expect(box.state.rest()).toBeUndefined();
    await vi.waitFor(() => expect(box.asked).toEqual(['lam', 'lamp']));
    box.reply();
    await typing;
  });

  it('is asked for at once when all is looked for again', async () => {
    const box = setUp(() => 7);
    await typed(box, 'lamp');
    const again = box.state.again();
    await vi.waitFor(() => expect(box.firsts).toEqual([7, undefined]));
    box.reply();
    await again;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is asked for once when all is looked for again before a letter is answered', async () => {
    const box = setUp(() => 7);
    const typing = box.state.type('lamp');
    await vi.waitFor(() => expect(box.firsts).toEqual([7]));
    const again = box.state.again();
    box.reply(early);
    await vi.waitFor(() => expect(box.firsts).toEqual([7, undefined]));
    box.reply();
    await Promise.all([typing, again]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
