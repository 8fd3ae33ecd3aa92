import { expect, test, vi } from 'vitest';
import { directLane } from '../../../src/protocol/direct-lane';
import type { KeptPort } from '../../../src/protocol/kept-port';
import type { Reply } from '../../../src/protocol/send';

const port = (carry: KeptPort['carry']) => ({ carry, forget: vi.fn() });

const asked = { request: 'library/find', data: null };
const quick: Reply = { ok: true, value: 'quick' };
const other: Reply = { ok: true, value: 'other' };

test('a request goes the quick way while the lane is open, and the other way before and after', async () => {
  const kept = port(async () => quick);
  const lane = directLane(kept, async () => other);
  expect(await lane.carry(asked)).toBe(other);
  lane.open();
  expect(await lane.carry(asked)).toBe(quick);
  lane.close();
  expect(kept.forget).toHaveBeenCalledOnce();
  expect(await lane.carry(asked)).toBe(other);
});

test('what is under way when the worker goes is asked for the other way, and nothing that was answered', async () => {
  const otherwise = vi.fn(async () => other);
  const direct = vi.fn(async (): Promise<Reply> => quick);
  const lane = directLane(port(direct), otherwise);
  lane.open();
  await lane.carry(asked);
  direct.mockReturnValueOnce(new Promise(() => {}));
  const waiting = lane.carry(asked);
  lane.close();
  expect(await waiting).toBe(other);
  expect(otherwise).toHaveBeenCalledOnce();
});

test('where nothing can be posted to, the request goes the other way', async () => {
  const lane = directLane(
    port(async () => {
      throw new TypeError('There is no worker.');
    }),
    async () => other,
  );
  lane.open();
  expect(await lane.carry(asked)).toBe(other);
});

test('a refusal is an answer, and is not asked for again', async () => {
  const refused: Reply = { ok: false, problem: { code: 'not-found' } };
  const otherwise = vi.fn(async () => other);
  const lane = directLane(
    port(async () => refused),
    otherwise,
  );
  lane.open();
  expect(await lane.carry(asked)).toBe(refused);
  expect(otherwise).not.toHaveBeenCalled();
});
