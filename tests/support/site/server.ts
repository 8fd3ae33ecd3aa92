import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AwkwardPage, awkwardPages } from './awkward-pages';
import { demoPages } from './demo-pages';

export interface SiteRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface Site {
  /** The origin, such as `http://127.0.0.1:4321`. */
  readonly url: string;
  /** All requests, found or not, oldest first. */
  readonly requests: SiteRequest[];
  close(): Promise<void>;
}

function frontPage(): string {
  const demo = demoPages.map(({ path, title, site, language }) => `<li><a lang="${language}" href="${path}">${title}</a> – ${site}</li>`);
  const awkward = Object.keys(awkwardPages).map((name) => `<li><a href="/awkward/${name}">${name}</a></li>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pages to save</title></head>
<body><main><h1>Pages to save</h1><p>Articles written to try Commonplace on.</p><ul>${demo.join('')}</ul><h2>Awkward pages</h2><ul>${awkward.join('')}</ul></main></body></html>`;
}

async function send(response: ServerResponse, page: AwkwardPage): Promise<void> {
  response.writeHead(page.status ?? 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...page.headers });
  if (typeof page.body === 'string' || page.body instanceof Uint8Array) response.end(page.body);
  else await pipeline(Readable.from(page.body), response);
}

/**
 * Serves the demo pages and the awkward ones from 127.0.0.1. Every other path is 404, but recorded, so that an address such as
 * `${site.url}/sink` shows whether anything was loaded from it.
 */
export async function startSite({ port = 0 }: { readonly port?: number } = {}): Promise<Site> {
  const requests: SiteRequest[] = [];

  const find = async (address: URL, incoming: IncomingMessage): Promise<AwkwardPage> => {
    const demo = demoPages.find(({ path }) => path === address.pathname);
    if (demo) {
      const html = await readFile(new URL(`./pages/${demo.file}`, import.meta.url), 'utf8');
      return { body: html.replaceAll('{{origin}}', site.url) };
    }
    if (address.pathname === '/') return { body: frontPage() };
    const name = address.pathname.replace('/awkward/', '');
    const make = Object.hasOwn(awkwardPages, name) ? awkwardPages[name] : undefined;
    if (!make) return { status: 404, body: '<!doctype html><title>Not found</title><h1>Not found</h1>' };
    const earlierVisits = requests.filter(({ path }) => path === address.pathname).length - 1;
    return make({ query: address.searchParams, cookies: incoming.headers.cookie ?? '', earlierVisits });
  };

  const http = createServer((incoming, response) => {
    response.shouldKeepAlive = false;
    const address = new URL(incoming.url ?? '/', 'http://localhost');
    requests.push({
      method: incoming.method ?? 'GET',
      path: address.pathname,
      query: address.search,
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      time: Date.now(),
    });
    find(address, incoming)
      .then((page) => send(response, page))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  const site: Site = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return site;
}
