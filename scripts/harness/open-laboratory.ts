import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { launchChromium } from '../../tests/support/launch-chromium';
import { helperFile } from './helper-file';

/** A Chromium with an extension of one empty page and one worker, where the project's code can be run apart from the rest of it. */
export interface Laboratory {
  readonly page: Page;
  readonly browser: Browser;
  /** Of the whole browser. */
  readonly session: CDPSession;
  readonly extensionId: string;
  /** Ends the worker as the browser does when it has been idle. The next message starts it again. */
  killWorker(): Promise<void>;
  close(): Promise<void>;
}

/** What the worker adds to the script: it calls the exports that it is sent the names of. */
const answerCalls = `
chrome.runtime.onMessage.addListener(({ name, parameters }, _sender, reply) => {
  Promise.resolve(harness[name](...parameters)).then((value) => reply({ value }), (error) => reply({ error: String(error?.stack ?? error) }));
  return true;
});`;

/** One call after the other: what an export hands out in pieces comes in order. */
const answerPosts = `
let last = Promise.resolve();
onmessage = ({ data: { name, parameters } }) => {
  last = last.then(() => harness[name](...parameters)).then((value) => postMessage({ value }), (error) => postMessage({ error: String(error?.stack ?? error) }));
};`;

export interface LaboratoryOptions {
  readonly flags?: readonly string[];
  /** A folder that all that is stored is kept in, to be there when the laboratory is opened again. */
  readonly keptIn?: string | undefined;
}

/** @param script evaluated in the page before this resolves, and what the worker is made of; leaves its exports in `harness`, see `bundleForBrowser` */
export async function openLaboratory(script: string, { flags = [], keptIn }: LaboratoryOptions = {}): Promise<Laboratory> {
  const folder = keptIn ? join(realpathSync(keptIn), 'extension') : realpathSync(mkdtempSync(join(tmpdir(), 'commonplace-laboratory-')));
  writeExtension(folder, script);
  const profile = keptIn && join(keptIn, 'profile');
  // The browser would go on with the worker's script of last time.
  if (profile) rmSync(join(profile, 'Default', 'Service Worker'), { recursive: true, force: true });
  const chromiumProcess = await launchChromium({
    profile,
    flags: ['--enable-precise-memory-info', `--disable-extensions-except=${folder}`, `--load-extension=${folder}`, ...flags],
  });
  const browser = await chromium.connectOverCDP(chromiumProcess.endpoint);
  const session = await browser.newBrowserCDPSession();
  const context = browser.contexts()[0] ?? (await browser.newContext());
  const page = context.pages()[0] ?? (await context.newPage());
  const extensionId = extensionIdOf(folder);
  await page.goto(`chrome-extension://${extensionId}/laboratory.html`);
  await page.evaluate(script);
  return {
    page,
    browser,
    session,
    extensionId,
    async killWorker() {
      const { targetInfos } = await session.send('Target.getTargets');
      const workers = targetInfos.filter(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
      for (const { targetId } of workers) await session.send('Target.closeTarget', { targetId });
    },
    async close() {
      await chromiumProcess.close(() => session.send('Browser.close'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeExtension(folder: string, script: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Laboratory',
    version: '1',
    background: { service_worker: 'worker.js' },
    permissions: ['unlimitedStorage'],
    host_permissions: ['<all_urls>'],
    // What a search compiles, as in the extension's own manifest.
    content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'laboratory.html'), '<!doctype html><title>Laboratory</title>');
  writeFileSync(join(folder, 'worker.js'), script + answerCalls);
  writeFileSync(join(folder, helperFile), script + answerPosts);
}

/** Chromium names an unpacked extension after its folder: the SHA-256 of the path, in letters from a to p. */
function extensionIdOf(folder: string): string {
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16)));
}
