import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serveDirectRequests } from '../../../src/background/serve-direct-requests';
import type { NumberedReply } from '../../../src/protocol/kept-port';
import type { Envelope, Reply } from '../../../src/protocol/send';

/** A page of the extension, as the browser tells the worker of it. */
class Page {
  constructor(readonly url: string) {}
}

beforeEach(() => void vi.stubGlobal('WindowClient', Page));
afterEach(() => void vi.unstubAllGlobals());

interface Posted {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

/** A worker that answers with what it was asked, and who asked it. */
function setUp() {
  const asked: string[] = [];
  let receive: (event: Posted & { waitUntil(work: Promise<unknown>): void }) => void = () => {};
  const worker = {
    addEventListener(_type: string, listener: typeof receive) {
      receive = listener;
    },
  };
  serveDirectRequests(worker, 'us', async (message, { id, url }): Promise<Reply> => {
    const { data } = message as Envelope;
    asked.push(`${data}`);
    return { ok: true, value: `${data} of ${url} of ${id}` };
  });
  const awaited: Promise<unknown>[] = [];
  const post = (source: unknown, data: unknown, ...ports: MessagePort[]) =>
    receive({ source, data, ports, waitUntil: (work) => void awaited.push(work) });
  return { asked, post, awaited };
}

/** What comes over a channel. */
function listenOn(name: string) {
  const heard: NumberedReply[] = [];
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => void heard.push(data as NumberedReply);
  return { heard, close: () => channel.close() };
}

const request = (data: string) => ({ request: 'library/find', data });

it('answers what comes over a port that was handed over on the channel of the panel that handed it over, and on no other', async () => {
  const { post } = setUp();
  const [mine, other] = [listenOn('replies-mine'), listenOn('replies-other')];
  const [myPort, otherPort] = ['mine', 'other'].map((name) => {
    const { port1, port2 } = new MessageChannel();
    post(new Page(`panel-${name}`), { repliesOn: `replies-${name}` }, port2);
    return port1;
  }) as [MessagePort, MessagePort];
  // Both count from 1: a reply to the other would be taken for one's own.
  myPort.postMessage({ number: 1, envelope: request('lamp') });
  otherPort.postMessage({ number: 1, envelope: request('wick') });
  await vi.waitFor(() => expect([mine.heard.length, other.heard.length]).toEqual([1, 1]));
  myPort.postMessage({ number: 2, envelope: request('oil') });
  await vi.waitFor(() => expect(mine.heard).toHaveLength(2));
  const reply = (number: number, value: string) => ({ number, reply: { ok: true, value } });
  expect(mine.heard).toEqual([reply(1, 'lamp of panel-mine of us'), reply(2, 'oil of panel-mine of us')]);
  expect(other.heard).toEqual([reply(1, 'wick of panel-other of us')]);
  for (const port of [myPort, otherPort]) port.close();
  for (const channel of [mine, other]) channel.close();
});

it('answers a message that comes with a port over that, and is kept awake until then', async () => {
  const { post, awaited } = setUp();
  const { port1, port2 } = new MessageChannel();
  const reply = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  post(new Page('panel'), request('lamp'), port2);
  expect(await reply).toEqual({ ok: true, value: 'lamp of panel of us' });
  expect(awaited).toHaveLength(1);
  port1.close();
});

it.each([
  ['a worker', { url: 'chrome-extension://us/other-worker.js' }],
  ['a port', new MessageChannel().port1],
  ['nobody', null],
])('takes nothing from %s, which is no page of the extension', async (_name, source) => {
  const { post, asked } = setUp();
  const { port1, port2 } = new MessageChannel();
  post(source, { repliesOn: 'replies-outside' }, port2);
  port1.postMessage({ number: 1, envelope: request('lamp') });
  post(source, request('wick'), new MessageChannel().port2);
  // By then it would have come: what is asked over one port comes in order.
  const { port1: mine, port2: handed } = new MessageChannel();
  const { heard, close } = listenOn('replies-inside');
  post(new Page('panel'), { repliesOn: 'replies-inside' }, handed);
  mine.postMessage({ number: 1, envelope: request('oil') });
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(asked).toEqual(['oil']);
  for (const port of [port1, mine]) port.close();
  close();
});

it('takes no message that comes without a port, nor one that is nothing', () => {
  const { post, asked } = setUp();
  post(new Page('panel'), request('lamp'));
  post(new Page('panel'), null);
  expect(asked).toEqual([]);
});
