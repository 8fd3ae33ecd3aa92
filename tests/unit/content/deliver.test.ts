import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../../src/protocol/send';

afterEach(() => vi.unstubAllGlobals());

/** Has a capture handed over, with a browser that does this with each message in turn. @returns how often it was sent */
async function deliverTo(...outcomes: readonly (Reply | undefined | Error)[]): Promise<number> {
  const left = [...outcomes];
  let sent = 0;
  const sendMessage = async () => {
    sent += 1;
    const outcome = left.length > 1 ? left.shift() : left[0];
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal('chrome', { runtime: { sendMessage } });
  const { deliver } = await import('../../../src/content/deliver');
  deliver({ problem: { code: 'page-empty' } }, 'page');
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  return sent;
}

const taken: Reply = { ok: true, value: null };
const refused: Reply = { ok: false, problem: { code: 'page-gone' } };

describe('What was read', () => {
  it('is sent once to a worker that answers, whatever it says', async () => {
    expect(await deliverTo(taken)).toBe(1);
    expect(await deliverTo(refused)).toBe(1);
  });

  it('is sent again when the worker was ended before it had answered', async () => {
    expect(await deliverTo(undefined, new Error('The message channel closed before a response was received.'), taken)).toBe(3);
  });

  it('is not sent for ever', async () => {
    expect(await deliverTo(undefined)).toBe(5);
  });
});
