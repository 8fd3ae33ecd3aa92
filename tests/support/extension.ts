import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { type ChromiumOptions, launchChromium } from './launch-chromium';

const waitMs = 20_000;
const pollMs = 20;
/** Any address of the browser's own page for extensions may change permissions. This one shows bare text, where the page itself draws for a second. */
const lightestExtensionsPage = 'chrome://extensions/strings.m.js';

export interface ExtensionOptions extends ChromiumOptions {
  /** The folder of the built extension. */
  readonly dist?: string;
}

/** A Chromium with the extension, and what happens to an extension that is not done to a page. */
export interface LaunchedExtension {
  readonly extensionId: string;
  /** The tabs. The side panel is not among them: see `openSidePanel`. */
  readonly context: BrowserContext;
  /** A session with the browser itself. */
  readonly cdp: CDPSession;
  /** Clicks the toolbar icon while the page's tab is in front, which grants that tab (`activeTab`). */
  clickAction(page: Page): Promise<void>;
  /** Clicks the toolbar icon and gives the real side panel, not its page in a tab. */
  openSidePanel(page: Page): Promise<Page>;
  /** Presses the keys that the manifest suggests for a command, while the page's tab is in front. Grants the tab. */
  pressShortcut(page: Page, command: string): Promise<void>;
  /** Opens a file of the extension in a tab. */
  openExtensionPage(path: string): Promise<Page>;
  workerIsRunning(): Promise<boolean>;
  /** Ends the worker between two awaits, as the browser does when it is short of memory. The next event starts it again. */
  killWorker(): Promise<void>;
  /**
   * Says yes beforehand: when the extension asks for this origin, it is granted without a prompt (a prompt that nobody could answer).
   * Chromium does so for whatever was allowed before; its own page for extensions can allow it.
   */
  acceptRequestFor(origin: string): Promise<void>;
  /** Grants an optional origin, as if the extension had asked for it and been allowed. */
  grantOrigin(origin: string): Promise<void>;
  revokeOrigin(origin: string): Promise<void>;
  /** Resolves when the browser is gone, whoever ended it. */
  readonly exited: Promise<void>;
  /** Ends the browser as a power cut would. */
  crash(): Promise<void>;
  /** Ends the browser and removes a throw-away profile. */
  close(): Promise<void>;
}

/** Starts Chromium with the built extension. Rejects when the browser does not start or does not take the extension. */
export async function launchExtension({ dist = 'dist', flags = [], ...options }: ExtensionOptions = {}): Promise<LaunchedExtension> {
  const folder = realpathSync(dist);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const { endpoint, exited, close, crash } = await launchChromium({
    ...options,
    flags: [...extensionFlags(folder), ...flags],
  });
  const browser = await connect(endpoint);
  const context = contextOf(browser);
  const cdp = await browser.newBrowserCDPSession();
  const extensionId = await waitFor(`the extension of ${folder} to load`, async () => {
    const { extensions } = await cdp.send('Extensions.getExtensions');
    return extensions.find(({ path }) => path === folder)?.id;
  });
  await waitFor('the worker to listen', async () => {
    // Once it has set up its listeners they outlast it; a click that comes before is lost.
    const [worker] = context.serviceWorkers();
    return worker?.evaluate(() => (globalThis as unknown as WorkerGlobal).chrome.action.onClicked.hasListeners());
  });
  const addressOf = (path: string) => `chrome-extension://${extensionId}/${path}`;
  let panelConnection: Browser | undefined;
  let panel: Page | undefined;

  const targets = async (type: string) => {
    // Without a filter, tabs are left out.
    const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{}] });
    return (targetInfos as TargetInfo[]).filter((target) => target.type === type);
  };
  const workers = async () => (await targets('service_worker')).filter(({ url }) => url.startsWith(addressOf('')));

  async function inBackgroundTab<Result>(url: string, use: (page: Page) => Promise<Result>): Promise<Result> {
    const opening = context.waitForEvent('page');
    await cdp.send('Target.createTarget', { url, background: true });
    const page = await opening;
    await page.waitForURL(url);
    return use(page).finally(() => page.close());
  }

  const changePermissions = (method: PermissionMethod, origin: string) =>
    inBackgroundTab(lightestExtensionsPage, (page) => {
      const details = [method, extensionId, patternOf(origin)] as const;
      return page.evaluate(
        ([name, id, pattern]) => (globalThis as unknown as ExtensionsPage).chrome.developerPrivate[name](id, pattern),
        details,
      );
    });

  const extension: LaunchedExtension = {
    extensionId,
    context,
    cdp,
    exited,
    async clickAction(page) {
      await page.bringToFront();
      const tab = await waitFor(`the tab of ${page.url()}`, async () =>
        (await targets('tab')).find(({ url, embedderData }) => url === page.url() && embedderData?.tabActive === true),
      );
      await cdp.send('Extensions.triggerAction', { id: extensionId, targetId: tab.targetId });
    },
    async openSidePanel(page) {
      await extension.clickAction(page);
      if (panel && !panel.isClosed()) return panel;
      const isPanel = ({ url }: { readonly url: string }) => url.startsWith(addressOf(manifest.side_panel.default_path));
      await waitFor('the side panel to open', async () => (await targets('page')).find(isPanel));
      // A connection hears of tabs that open later, but not of side panels.
      await panelConnection?.close();
      panelConnection = await connect(endpoint);
      const pages = contextOf(panelConnection).pages();
      panel = pages.find((candidate) => isPanel({ url: candidate.url() }));
      if (!panel) throw new Error('The side panel closed again.');
      await panel.waitForLoadState();
      return panel;
    },
    async pressShortcut(page, command) {
      const keys = manifest.commands[command]?.suggested_key?.default;
      if (!keys) throw new Error(`The manifest suggests no keys for the command “${command}”.`);
      await page.bringToFront();
      const session = await context.newCDPSession(page);
      for (const type of ['rawKeyDown', 'keyUp'] as const) await session.send('Input.dispatchKeyEvent', { type, ...keyEventOf(keys) });
      await session.detach();
    },
    async openExtensionPage(path) {
      const page = await context.newPage();
      await page.goto(addressOf(path));
      return page;
    },
    async workerIsRunning() {
      return (await workers()).length > 0;
    },
    async killWorker() {
      await Promise.all((await workers()).map(({ targetId }) => endWorker(cdp, targetId)));
    },
    async acceptRequestFor(origin) {
      await changePermissions('addHostPermission', origin);
    },
    async grantOrigin(origin) {
      await extension.acceptRequestFor(origin);
      // Any file of the extension may ask; this one has no script of its own that could do something else besides.
      const granted = await inBackgroundTab(addressOf('manifest.json'), (page) => {
        const wanted = { origins: [patternOf(origin)] };
        return page.evaluate((permissions) => (globalThis as unknown as AskingPage).chrome.permissions.request(permissions), wanted);
      });
      if (!granted) throw new Error(`${origin} was not granted.`);
    },
    async revokeOrigin(origin) {
      await changePermissions('removeHostPermission', origin);
    },
    crash,
    async close() {
      await panelConnection?.close();
      await close(() => cdp.send('Browser.close'));
    },
  };
  return extension;
}

/** What makes Chromium load the extension built in a folder, and no other. */
export function extensionFlags(folder: string): string[] {
  return [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`];
}

interface Manifest {
  readonly side_panel: { readonly default_path: string };
  readonly commands: { readonly [name: string]: { readonly suggested_key?: { readonly default: string } } };
}

/** As the protocol sends it; Playwright's type has the embedder's data as text. */
interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly embedderData?: { readonly tabActive?: boolean };
}

interface WorkerGlobal {
  readonly chrome: { readonly action: { readonly onClicked: { hasListeners(): boolean } } };
}

type PermissionMethod = 'addHostPermission' | 'removeHostPermission';

/** What the browser's own page for extensions can do. */
interface ExtensionsPage {
  readonly chrome: { readonly developerPrivate: Record<PermissionMethod, (extensionId: string, pattern: string) => Promise<void>> };
}

interface AskingPage {
  readonly chrome: { readonly permissions: { request(permissions: { origins: string[] }): Promise<boolean> } };
}

function connect(endpoint: string): Promise<Browser> {
  return chromium.connectOverCDP(endpoint, { isLocal: true });
}

function contextOf(browser: Browser): BrowserContext {
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium has no profile open.');
  return context;
}

/** Resolves when the worker has ended. It may run again by then, under the same id, so only a session with it can tell. */
async function endWorker(cdp: CDPSession, targetId: string): Promise<void> {
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
  const ended = new Promise<void>((resolve) => {
    cdp.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId === sessionId && event.message.includes('Inspector.targetCrashed')) resolve();
    });
  });
  await cdp.send('Target.closeTarget', { targetId });
  await ended;
  await cdp.send('Target.detachFromTarget', { sessionId });
}

/** All ports of the host, as the extension asks for them: Firefox knows no other patterns. */
function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** @param keys in the manifest's spelling, such as `Alt+Shift+S` */
function keyEventOf(keys: string) {
  const names = keys.split('+');
  const key = names.at(-1) ?? '';
  const bits: Record<string, number> = { Alt: 1, Ctrl: 2, Command: 4, Shift: 8 };
  const modifiers = names.slice(0, -1).reduce((sum, name) => sum + (bits[name] ?? 0), 0);
  const keyCode = key.charCodeAt(0);
  // Without a native code, of whatever value, the event ends in the page and never reaches the browser's shortcuts.
  return { modifiers, key, code: `Key${key}`, windowsVirtualKeyCode: keyCode, nativeVirtualKeyCode: keyCode };
}

async function waitFor<Result>(what: string, look: () => Promise<Result | undefined | false>): Promise<Result> {
  for (const giveUpAt = Date.now() + waitMs; Date.now() < giveUpAt; await sleep(pollMs)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`Waited ${waitMs / 1000} s for ${what}, in vain.`);
}
