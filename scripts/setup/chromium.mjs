import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runVisibly } from './run-visibly.mjs';

// Chrome itself is not among them: since version 137 it ignores --load-extension.
const programNames = ['chromium', 'chromium-browser', 'google-chrome-for-testing'];

/**
 * Finds a Chromium that can load an unpacked extension, or installs one.
 * @param {string} root the checkout, its packages installed
 * @returns {Promise<string>} the path of the program
 */
export async function ensureChromium(root) {
  const found = await findChromium();
  if (found) return found;

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('No Chromium found. Installing the Debian package “chromium” with apt-get …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const installed =
      (await runVisibly('apt-get', ['update'], { env })) && (await runVisibly('apt-get', ['install', '-y', 'chromium'], { env }));
    const packaged = installed && (await findChromium());
    if (packaged) return packaged;
  }

  console.error('No Chromium found. Downloading the one that Playwright keeps (about 180 MB) …');
  const playwright = join(root, 'node_modules', 'playwright-core', 'cli.js');
  const downloaded = (await runVisibly(process.execPath, [playwright, 'install', 'chromium'], { cwd: root })) && (await findChromium());
  if (downloaded) return downloaded;
  throw new Error(
    'No Chromium could be found or installed. Install Chromium (on Debian: apt-get install chromium), or set COMMONPLACE_CHROMIUM to the ' +
      'path of a Chromium or a Chrome for Testing. Chrome itself will not do: it does not load unpacked extensions from the command line.',
  );
}

/** @returns {Promise<string | undefined>} the path of an installed Chromium */
export async function findChromium() {
  const chosen = process.env.COMMONPLACE_CHROMIUM;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`COMMONPLACE_CHROMIUM is set to “${chosen}”, which is not a program.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = programNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((path) => isProgram(path) && saysItIsChromium(path)) ?? (await playwrightChromium());
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Some systems install a program of this name that only says where to get Chromium from. */
function saysItIsChromium(path) {
  return /^(Chromium|Google Chrome for Testing) \d/m.test(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '');
}

async function playwrightChromium() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return isProgram(path) ? path : undefined;
}
