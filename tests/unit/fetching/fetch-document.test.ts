import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchDocument } from '../../../src/fetching/fetch-document';

const pages: Record<string, RequestListener> = {
  '/page': (_request, response) => response.setHeader('content-type', 'text/html; charset=koi8-r').end('<p>lamp</p>'),
  '/moved': (_request, response) => response.writeHead(302, { location: '/page' }).end(),
  '/gone': (_request, response) => response.writeHead(410).end('gone'),
  '/endless': (_request, response) => {
    const timer = setInterval(() => response.write('lamp '.repeat(1_000)), 1);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => {},
};

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => pages[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const fetchAt = (path: string, { signal = new AbortController().signal, timeoutMs = 5_000 } = {}) =>
  fetchDocument(new URL(path, origin).href, { signal, maximumBytes: 10_000, timeoutMs });

it('gives the bytes, what the server calls them, and where they came from at last', async () => {
  const fetched = await fetchAt('/moved');
  expect(fetched).toMatchObject({ url: `${origin}/page`, contentType: 'text/html; charset=koi8-r' });
  expect(Buffer.from(fetched.bytes).toString()).toBe('<p>lamp</p>');
});

it.each([
  ['/gone', 'fetch-refused: 410'],
  ['/endless', 'fetch-too-large'],
  ['http://127.0.0.1:1/', 'fetch-unreachable'],
  ['file:///etc/hostname', 'fetch-address-invalid'],
  ['data:text/html,lamp', 'fetch-address-invalid'],
])('%s is refused with “%s”', async (path, words) => {
  await expect(fetchAt(path)).rejects.toThrow(words);
});

it('a server that says nothing is given up', async () => {
  await expect(fetchAt('/silent', { timeoutMs: 100 })).rejects.toThrow('fetch-silent');
});

it('the person can stop it', async () => {
  const stop = new AbortController();
  const fetching = fetchAt('/silent', { signal: stop.signal });
  stop.abort(new Error('Stopped.'));
  await expect(fetching).rejects.toThrow('Stopped.');
});
