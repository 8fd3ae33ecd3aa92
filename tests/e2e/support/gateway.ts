import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the model server and lets requests through, or holds them until they are let go. */
export interface Gateway {
  /** The base address to give to the extension. */
  readonly url: string;
  /** From now on, requests to this path below the base address are kept waiting before the model server hears of them. */
  hold(path: string): void;
  /** How many are being kept waiting. */
  readonly held: number;
  /** Lets one through. One whose sender has hung up meanwhile never reaches the model server: nothing is owed for it. */
  letOneGo(): void;
  /** Lets all through, and all that come. */
  letAllGo(): void;
  close(): Promise<void>;
}

export async function openGateway(modelServerUrl: string): Promise<Gateway> {
  const target = new URL(modelServerUrl);
  let heldPath: string | undefined;
  const waiting = new Set<() => void>();

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    // Read to the end first: a connection that is not read from does not tell that the other side has hung up.
    const body: Buffer[] = [];
    for await (const part of incoming) body.push(part as Buffer);
    if (incoming.url === heldPath) {
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        response.once('close', () => {
          waiting.delete(resolve);
          resolve();
        });
      });
    }
    if (response.destroyed) return;
    const { method, headers } = incoming;
    const passedOn = request(new URL(incoming.url ?? '/', target), { method: method ?? 'GET', headers: { ...headers, host: target.host } });
    passedOn.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    response.once('close', () => passedOn.destroy());
    passedOn.end(Buffer.concat(body));
  };

  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const release = (resolve: () => void) => {
    waiting.delete(resolve);
    resolve();
  };
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    get held() {
      return waiting.size;
    },
    hold(path) {
      heldPath = `${target.pathname}${path}`;
    },
    letOneGo() {
      const [oldest] = waiting;
      if (oldest) release(oldest);
    },
    letAllGo() {
      heldPath = undefined;
      for (const resolve of [...waiting]) release(resolve);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
