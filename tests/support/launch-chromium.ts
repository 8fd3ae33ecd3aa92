import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChromium } from '../../scripts/setup/chromium.mjs';

const launchTimeoutMs = 60_000;
const closeTimeoutMs = 5_000;
const pollMs = 20;

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const alwaysGiven = [
  '--remote-debugging-port=0',
  // Nothing is said through the pipe. But it breaks when this process ends, in whatever way, and then Chromium ends too.
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // It begins to draw what drops down under the address bar before anybody types there, which is a third of the work of starting it.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  '--password-store=basic',
  '--use-mock-keychain',
];

export interface ChromiumOptions {
  /** Default: true. */
  readonly headless?: boolean;
  /** A folder for the profile, kept at the end. Without one, a throw-away profile is used. */
  readonly profile?: string | undefined;
  readonly flags?: readonly string[];
  /** Default: an empty page. */
  readonly firstPage?: string;
}

export interface ChromiumProcess {
  /** Where its DevTools protocol is spoken. */
  readonly endpoint: string;
  /** Resolves when the browser is gone, whoever ended it. */
  readonly exited: Promise<void>;
  /** Waits for the browser to end by itself after `askToClose`, and ends it if it does not; then removes a throw-away profile. */
  close(askToClose: () => Promise<unknown>): Promise<void>;
  /** Ends it as a power cut would. */
  crash(): Promise<void>;
}

/**
 * Starts Chromium with a debugging port of its own choosing, so that any number can run at once.
 * Rejects when there is no Chromium, or when it ends or stays silent instead of opening the port.
 */
export async function launchChromium({
  headless = true,
  profile,
  flags = [],
  firstPage = 'about:blank',
}: ChromiumOptions = {}): Promise<ChromiumProcess> {
  const program = await findChromium();
  if (!program) throw new Error('There is no Chromium here. “npm start” and “npm test” install one.');
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'commonplace-profile-'));
  const portFile = join(folder, 'DevToolsActivePort');
  rmSync(portFile, { force: true });

  const child = spawn(program, [...alwaysGiven, ...modeFlags(headless), `--user-data-dir=${folder}`, ...flags, firstPage], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  let lastWords = '';
  child.stderr?.on('data', (words: Buffer) => {
    lastWords = (lastWords + words.toString()).slice(-2_000);
  });
  const kill = () => child.kill('SIGKILL');
  const killAndClear = () => {
    kill();
    if (profile) return;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Its helper processes still write. There is no time to wait for them; the system clears its temporary folder.
    }
  };
  process.once('exit', killAndClear);
  for (const signal of endingSignals) process.once(signal, exitForSignal);
  const exited = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(async () => {
    process.off('exit', killAndClear);
    for (const signal of endingSignals) process.off(signal, exitForSignal);
    // Its helper processes may write for a moment longer.
    if (!profile) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  const endpoint = await Promise.race([readEndpoint(portFile), exited]);
  if (!endpoint) {
    kill();
    throw new Error(`Chromium (${program}) did not start. Its last words:\n${lastWords}`);
  }
  return {
    endpoint,
    exited,
    async close(askToClose) {
      await askToClose().catch(() => {});
      const timer = setTimeout(kill, closeTimeoutMs);
      await exited;
      clearTimeout(timer);
    },
    async crash() {
      kill();
      await exited;
    },
  };
}

/** A signal alone would end this process without the `exit` event, and leave the browser behind. */
function exitForSignal(): void {
  process.exit(1);
}

function modeFlags(headless: boolean): string[] {
  // Chromium's sandbox refuses to run as root, and many containers cannot offer it at all. Headless, we open our own pages only.
  const sandboxed = !headless && process.getuid?.() !== 0;
  return [
    ...(headless ? ['--headless', '--disable-gpu', '--window-size=1280,900', '--lang=en-US'] : []),
    ...(sandboxed ? [] : ['--no-sandbox']),
  ];
}

async function readEndpoint(portFile: string): Promise<string | undefined> {
  for (const giveUpAt = Date.now() + launchTimeoutMs; Date.now() < giveUpAt; await sleep(pollMs)) {
    const [port, path] = readIfThere(portFile).split('\n');
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
  }
  return undefined;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
