import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { launchChromium } from '../../tests/support/launch-chromium';

/** A Chromium with one empty page on an origin of its own, where the project's code can be run apart from the extension. */
export interface Laboratory {
  readonly page: Page;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** @param script evaluated in the page before this resolves; see `bundleForBrowser` */
export async function openLaboratory(script: string, flags: readonly string[] = []): Promise<Laboratory> {
  const server = await serveNothing();
  const chromiumProcess = await launchChromium({ flags: ['--enable-precise-memory-info', ...flags] });
  const browser = await chromium.connectOverCDP(chromiumProcess.endpoint);
  const context = browser.contexts()[0] ?? (await browser.newContext());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(script);
  return {
    page,
    browser,
    async close() {
      const session = await browser.newBrowserCDPSession();
      await chromiumProcess.close(() => session.send('Browser.close'));
      server.close();
    },
  };
}

function serveNothing(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Laboratory</title>');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
