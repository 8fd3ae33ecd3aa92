import { isUtf8 } from 'node:buffer';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Capture } from '../../src/content/capture-page';
import { launchChromium } from '../../tests/support/launch-chromium';
import { bundleForBrowser } from './bundle-for-browser';

export interface ServedPage {
  readonly url: string;
  readonly body: Buffer | string;
  /** Default: HTML, in UTF-8 if the bytes are that, else as the page itself says or Chromium guesses. */
  readonly contentType?: string;
  /** Default: false. What the page's scripts did is part of the page then. */
  readonly runsScripts?: boolean;
}

/** A Chromium in which pages are served from memory at any address, and captured with the code that the content script is built from. */
export interface CaptureLaboratory {
  openTab(): Promise<CaptureTab>;
  close(): Promise<void>;
}

export interface CaptureTab {
  readonly page: Page;
  /** Opens a page. Everything else it asks for is refused. */
  open(served: ServedPage): Promise<void>;
  /** Runs the capture in a world of its own, as a content script does: the page's scripts cannot reach it. */
  capture(): Promise<{ readonly capture: Capture; readonly durationMs: number }>;
  /** The value of an expression in a world of its own. */
  evaluate<Value>(expression: string): Promise<Value>;
  close(): Promise<void>;
}

const navigationTimeoutMs = 20_000;

export async function openCaptureLaboratory(): Promise<CaptureLaboratory> {
  const script = await bundleForBrowser('src/content/capture-page.ts', 'captureRoom');
  const chromiumProcess = await launchChromium();
  const browser = await chromium.connectOverCDP(chromiumProcess.endpoint);
  return {
    openTab: () => openTab(browser, script),
    async close() {
      const session = await browser.newBrowserCDPSession();
      await chromiumProcess.close(() => session.send('Browser.close'));
    },
  };
}

async function openTab(browser: Browser, script: string): Promise<CaptureTab> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let served: ServedPage | undefined;
  await page.route('**/*', (route) => {
    const request = route.request();
    if (!served || !request.isNavigationRequest() || request.frame() !== page.mainFrame()) return route.abort();
    return route.fulfill({ headers: headersOf(served), body: served.body });
  });
  const evaluate = async <Value>(expression: string): Promise<Value> => {
    const { frameTree } = await session.send('Page.getFrameTree');
    const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'capture' });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      contextId: world.executionContextId,
      expression,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Value;
  };
  return {
    page,
    async open(next) {
      served = next;
      await page.goto(next.url, { waitUntil: 'domcontentloaded', timeout: navigationTimeoutMs });
    },
    capture: () =>
      evaluate(
        `${script};(() => { const startedAt = performance.now(); const capture = captureRoom.capturePage(document, Date.now());
         return { capture, durationMs: performance.now() - startedAt }; })()`,
      ),
    evaluate,
    close: () => context.close(),
  };
}

function headersOf({ body, contentType, runsScripts }: ServedPage): Record<string, string> {
  const isUnicode = typeof body === 'string' || isUtf8(body);
  return {
    'content-type': contentType ?? (isUnicode ? 'text/html; charset=utf-8' : 'text/html'),
    ...(!runsScripts && { 'content-security-policy': "script-src 'none'" }),
  };
}
