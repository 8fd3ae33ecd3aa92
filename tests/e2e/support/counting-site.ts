import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingSite {
  /** The origin. */
  readonly url: string;
  /** How often each path was asked for. */
  readonly counts: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export type Respond = (path: string, response: ServerResponse, request: IncomingMessage) => void;

const article = (
  path: string,
) => `<!doctype html><html lang="en"><head><title>Essay ${path}</title></head><body><main><h1>Essay ${path}</h1>
<p>This is the essay at ${path}, which says of lamps that they were lit at dusk and of tides that they come and go.</p>
<p>Whoever reads ${path} to its end has read two paragraphs, and knows what the keeper wrote in the log of that night.</p></main></body></html>`;

export const respondWithArticle: Respond = (path, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(article(path));
};

/** A site that counts what it is asked for. It has no robots.txt unless it responds with one. */
export async function startCountingSite(respond: Respond = respondWithArticle): Promise<CountingSite> {
  const counts = new Map<string, number>();
  const http = createServer((request, response) => {
    const path = request.url ?? '/';
    counts.set(path, (counts.get(path) ?? 0) + 1);
    if (path === '/robots.txt' && respond === respondWithArticle) response.writeHead(404).end();
    else respond(path, response, request);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    counts,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
