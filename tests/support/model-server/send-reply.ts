import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { cutAwkwardly } from './cut-awkwardly';
import type { CarriedFailureKind } from './failure';
import type { Reply } from './reply';

export interface Delivery {
  readonly failure?: CarriedFailureKind;
  /** Absent: as fast as the connection takes it. */
  readonly tokensPerSecond?: number;
  /** Aborted when the other side has hung up. */
  readonly signal: AbortSignal;
}

const failsMidway = new Set<CarriedFailureKind>(['drop-midway', 'silence-midway', 'malformed', 'cut-short', 'error-midway']);

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => response.write(bytes, () => resolve()));
}

function encodeEvents(events: readonly string[]): Uint8Array {
  return new TextEncoder().encode(events.map((event) => `data: ${event}\n\n`).join(''));
}

// Each piece waits for a turn of the event loop, so that it leaves as a packet of its own.
async function writeAwkwardly(response: ServerResponse, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  for (const piece of cutAwkwardly(bytes)) {
    if (signal.aborted) return;
    await write(response, piece);
    await nextTurn();
  }
}

async function writePaced(
  response: ServerResponse,
  events: readonly string[],
  tokensPerSecond: number,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  for (const [index, event] of events.entries()) {
    const dueInMs = startedAt + (index * 1_000) / tokensPerSecond - performance.now();
    if (dueInMs > 0) await wait(dueInMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await writeAwkwardly(response, encodeEvents([event]), signal);
  }
}

async function endBadly(response: ServerResponse, failure: CarriedFailureKind): Promise<void> {
  switch (failure) {
    case 'drop':
    case 'drop-midway':
      response.socket?.resetAndDestroy();
      return;
    case 'malformed':
      await write(response, encodeEvents(['{"choices": [{"delta": {"content": "']));
      response.end();
      return;
    case 'error-midway':
      await write(
        response,
        encodeEvents([
          JSON.stringify({ error: { message: 'The model stopped unexpectedly.', type: 'server_error', param: null, code: null } }),
        ]),
      );
      response.end();
      return;
    case 'cut-short':
      response.end();
      return;
    case 'silence':
    case 'silence-after-headers':
    case 'silence-midway':
      return;
  }
}

type WholeReply = Exclude<Reply, { type: 'stream' | 'raw' }>;

function bytesOf(reply: WholeReply): Uint8Array {
  if (reply.type === 'bytes') return reply.bytes;
  return Buffer.from(reply.type === 'json' ? JSON.stringify(reply.body) : reply.body);
}

async function sendWhole(response: ServerResponse, reply: WholeReply, failure?: CarriedFailureKind): Promise<void> {
  const bytes = bytesOf(reply);
  response.writeHead(reply.type === 'bytes' ? 200 : reply.status, {
    ...(reply.type === 'json'
      ? { 'content-type': 'application/json', ...reply.headers }
      : { 'content-type': reply.type === 'bytes' ? 'application/octet-stream' : 'text/html; charset=utf-8' }),
    ...(failure ? {} : { 'content-length': bytes.length }),
  });
  if (!failure) {
    response.end(bytes);
    return;
  }
  response.flushHeaders();
  if (failsMidway.has(failure)) await write(response, bytes.subarray(0, Math.floor(bytes.length / 2)));
  // Half of a JSON text is malformed as it is: the ways to end a stream badly come down to three.
  await endBadly(response, failure === 'malformed' || failure === 'error-midway' ? 'cut-short' : failure);
}

async function sendStream(
  response: ServerResponse,
  events: readonly string[],
  { failure, tokensPerSecond, signal }: Delivery,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const sent = !failure ? events : failsMidway.has(failure) ? events.slice(0, Math.ceil(events.length / 2)) : [];
  // A comment is allowed anywhere in a stream, and servers send one to keep the connection open.
  if (sent.length > 0) await write(response, new TextEncoder().encode(': waiting for the model\n\n'));
  if (tokensPerSecond) await writePaced(response, sent, tokensPerSecond, signal);
  else await writeAwkwardly(response, encodeEvents(sent), signal);
  if (failure) await endBadly(response, failure);
  else response.end();
}

/** Sends a reply, well or as the failure demands. Resolves when all that will be said has been said; the connection may stay open. */
export async function sendReply(response: ServerResponse, reply: Reply, delivery: Delivery): Promise<void> {
  if (delivery.failure === 'drop' || delivery.failure === 'silence') await endBadly(response, delivery.failure);
  else if (reply.type === 'stream') await sendStream(response, reply.events, delivery);
  else if (reply.type === 'raw') response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).end(reply.bytes);
  else await sendWhole(response, reply, delivery.failure);
}
