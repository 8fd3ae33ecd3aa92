import { expect, test, vi } from 'vitest';
import { type KeepThisPort, keptPort, type NumberedReply, type NumberedRequest } from '../../../src/protocol/kept-port';

/** A worker that answers when it is told to, with what it was asked. */
function setUp(isThere: Promise<void> = Promise.resolve()) {
  const handed: { isClosed: boolean }[] = [];
  const asked: NumberedRequest[] = [];
  let replies: BroadcastChannel | undefined;
  let nowMs = 0;
  const worker = {
    postMessage(message: unknown, [port]: Transferable[]) {
      replies ??= new BroadcastChannel((message as KeepThisPort).repliesOn);
      const one = { isClosed: false };
      handed.push(one);
      (port as MessagePort).onmessage = ({ data }) => void asked.push(data as NumberedRequest);
      (port as MessagePort).addEventListener('close', () => {
        one.isClosed = true;
      });
    },
  };
  const kept = keptPort(
    () => isThere.then(() => worker),
    () => nowMs,
  );
  const answer = async (text: string) => {
    await expect.poll(() => asked.map(({ envelope }) => envelope.data)).toContain(text);
    const { number, envelope } = asked.find(({ envelope }) => envelope.data === text) as NumberedRequest;
    replies?.postMessage({ number, reply: { ok: true, value: envelope.data } } satisfies NumberedReply);
  };
  const ask = (text: string) => kept.carry({ request: 'library/find', data: text });
  const passMs = (ms: number) => {
    nowMs += ms;
  };
  return { kept, ask, answer, handed, passMs };
}

const reply = (value: string) => ({ ok: true, value });

test('requests go over one port, each with the reply that is its own', async () => {
  const { ask, answer, handed } = setUp();
  const [first, second] = [ask('lamp'), ask('wick')];
  await answer('wick');
  expect(await second).toEqual(reply('wick'));
  await answer('lamp');
  expect(await first).toEqual(reply('lamp'));
  expect(handed).toHaveLength(1);
});

test('what is asked over a port that is there is posted at once', async () => {
  const { ask, answer } = setUp();
  const first = ask('lamp');
  await answer('lamp');
  await first;
  const post = vi.spyOn(MessagePort.prototype, 'postMessage');
  const second = ask('wick');
  expect(post).toHaveBeenCalledTimes(1);
  post.mockRestore();
  await answer('wick');
  expect(await second).toEqual(reply('wick'));
});

test('another port is handed over after a while, and what the one before was asked is answered', async () => {
  const { ask, answer, handed, passMs } = setUp();
  const first = ask('lamp');
  await expect.poll(() => handed.length).toBe(1);
  passMs(11_000);
  const second = ask('wick');
  await answer('wick');
  expect(await second).toEqual(reply('wick'));
  await answer('lamp');
  expect(await first).toEqual(reply('lamp'));
  await expect.poll(() => handed.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('what is asked before the worker is there is answered, though another port was handed over meanwhile', async () => {
  let arrive = () => {};
  const isThere = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const { ask, answer, passMs } = setUp(isThere);
  const first = ask('lamp');
  passMs(11_000);
  const second = ask('wick');
  arrive();
  for (const text of ['wick', 'lamp']) await answer(text);
  expect(await Promise.all([first, second])).toEqual([reply('lamp'), reply('wick')]);
});

test('a port whose worker is gone is asked no more', async () => {
  const { ask, answer, handed, kept } = setUp();
  const first = ask('lamp');
  await answer('lamp');
  await first;
  kept.forget();
  const second = ask('wick');
  await answer('wick');
  expect(await second).toEqual(reply('wick'));
  expect(handed).toHaveLength(2);
});

test('where there is no worker, that is said, and it is looked for again', async () => {
  let tries = 0;
  const kept = keptPort(async () => {
    tries++;
    throw new TypeError('There is no worker.');
  });
  for (let time = 0; time < 2; time++) await expect(kept.carry({ request: 'library/find', data: null })).rejects.toThrow('no worker');
  expect(tries).toBe(2);
});
