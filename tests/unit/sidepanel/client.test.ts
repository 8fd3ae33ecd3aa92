import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerPart } from '../../../src/protocol/answer-stream';
import type { LibraryEvent } from '../../../src/protocol/library-events';
import { createClient } from '../../../src/sidepanel/client';
import { createFakeWorker } from '../../support/fake-worker';

const changed: LibraryEvent = { type: 'library-changed' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('News of the library', () => {
  function listen() {
    const worker = createFakeWorker();
    const events: LibraryEvent[] = [];
    const onReconnect = vi.fn();
    createClient(worker.browser).onLibraryEvent({ onEvent: (event) => events.push(event), onReconnect });
    return { worker, events, onReconnect };
  }

  it('goes on coming after the worker has died, and everything is read again', () => {
    const { worker, events, onReconnect } = listen();
    worker.die();
    vi.advanceTimersByTime(250);
    expect(onReconnect).toHaveBeenCalledOnce();
    worker.emit(changed);
    expect(events).toEqual([changed]);
  });

  it('is asked for less and less often while the worker keeps dying', () => {
    const { worker, onReconnect } = listen();
    for (let waitMs = 250; waitMs <= 2_000; waitMs *= 2) {
      worker.die();
      vi.advanceTimersByTime(waitMs - 1);
      const before = onReconnect.mock.calls.length;
      vi.advanceTimersByTime(1);
      expect(onReconnect).toHaveBeenCalledTimes(before + 1);
    }
  });

  it('is asked for at once again when a connection had lasted', () => {
    const { worker, onReconnect } = listen();
    worker.die();
    vi.advanceTimersByTime(250);
    vi.advanceTimersByTime(30_000);
    worker.die();
    vi.advanceTimersByTime(250);
    expect(onReconnect).toHaveBeenCalledTimes(2);
  });
});

describe('An answer', () => {
  const delta: AnswerPart = { type: 'text-delta', text: 'So' };
  const failed: AnswerPart = { type: 'answer-failed', problem: { code: 'model-failed' } };

  it('is lost when the worker dies before its end, and only then', async () => {
    const whole = vi.fn();
    const broken = vi.fn();
    const ask = (parts: AnswerPart[], onLost: () => void) => {
      const worker = createFakeWorker({
        async *answer() {
          yield* parts;
        },
      });
      createClient(worker.browser).ask({ question: 'Why?' }, { onPart: () => {}, onLost });
    };
    ask([delta, failed], whole);
    ask([delta], broken);
    await vi.runAllTimersAsync();
    expect(whole).not.toHaveBeenCalled();
    expect(broken).toHaveBeenCalledOnce();
  });

  it('says nothing more once it is abandoned, and the worker is told', async () => {
    let stopped: AbortSignal | undefined;
    const worker = createFakeWorker({
      async *answer(_question, _conversation, signal) {
        stopped = signal;
        yield delta;
        await new Promise((resolve) => setTimeout(resolve, 10));
        yield failed;
      },
    });
    const parts: AnswerPart[] = [];
    const onLost = vi.fn();
    const stream = createClient(worker.browser).ask({ question: 'Why?' }, { onPart: (part) => parts.push(part), onLost });
    await vi.advanceTimersByTimeAsync(5);
    stream.abandon();
    await vi.runAllTimersAsync();
    expect(parts).toEqual([delta]);
    expect(stopped?.aborted).toBe(true);
    expect(onLost).not.toHaveBeenCalled();
  });
});

it('asks for access to the host of a server and no other', async () => {
  const worker = createFakeWorker();
  await createClient(worker.browser).requestAccess('http://localhost:11434/v1');
  expect(worker.requestedOrigins).toEqual(['http://localhost/*']);
});

it('opens a saved copy at its passage', () => {
  const worker = createFakeWorker();
  createClient(worker.browser).openSavedCopy({ pageId: 'a b', version: 2, start: 0, end: 40 });
  expect(worker.openedAddresses).toEqual(['chrome-extension://fake/src/reader/index.html?page=a+b&version=2&start=0&end=40']);
});
