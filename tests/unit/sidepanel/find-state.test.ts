import { expect, it } from 'vitest';
import { ProblemError } from '../../../src/core/problem';
import type { FindResult } from '../../../src/protocol/worker-requests';
import { createClient } from '../../../src/sidepanel/client';
import { createFindState } from '../../../src/sidepanel/state/find-state';
import { createFakeWorker } from '../../support/fake-worker';

/** A worker that answers when it is told to. */
function setUp() {
  const asked: string[] = [];
  const replies: ((result: FindResult | Error) => void)[] = [];
  const worker = createFakeWorker({
    handlers: {
      'library/find': ({ text }) =>
        new Promise((resolve, reject) => {
          asked.push(text);
          replies.push((result) => (result instanceof Error ? reject(result) : resolve(result)));
        }),
    },
  });
  const state = createFindState(createClient(worker.browser));
  const reply = (result: FindResult | Error = { pages: [], hasMore: false }) => replies.shift()?.(result);
  return { state, asked, reply };
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

it('looks for nothing when the box is empty', async () => {
  const { state, asked } = setUp();
  await state.type('  ');
  await state.again();
  expect(asked).toEqual([]);
});
