import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that a whole browser is made to go through: what it has not heard of was not sent. */
export interface RecordingProxy {
  /** What makes Chromium send everything through it, what is on this machine included. */
  readonly flags: readonly string[];
  /**
   * Every request, as `GET http://…`, and for what is encrypted every tunnel, as `CONNECT host:port`; oldest first. Left out is what Chromium
   * tells its maker of its own accord (for updates, spelling of forms and the like), whichever page is open.
   */
  readonly heard: string[];
  close(): Promise<void>;
}

const chromiumsOwn = /^\w+ (https?:\/\/)?[\w-]+(\.[\w-]+)*\.(google|googleapis|gvt1)\.com[:/]/;

/** @param passesTo says which origins are really spoken to; all others are refused */
export async function openRecordingProxy(passesTo: (origin: string) => boolean): Promise<RecordingProxy> {
  const heard: string[] = [];
  const note = (line: string) => {
    if (!chromiumsOwn.test(line)) heard.push(line);
  };
  const server = createServer((incoming, response) => {
    const address = incoming.url ?? '';
    note(`${incoming.method} ${address}`);
    if (!URL.canParse(address) || !passesTo(new URL(address).origin)) {
      response.writeHead(502).end();
      return;
    }
    const passedOn = request(address, { method: incoming.method ?? 'GET', headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    response.once('close', () => passedOn.destroy());
    incoming.pipe(passedOn);
  });
  server.on('connect', ({ url }, socket) => {
    note(`CONNECT ${url}`);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    flags: [`--proxy-server=http://127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
