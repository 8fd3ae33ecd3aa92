// What every npm script calls: `node scripts/run.mjs COMMAND [ARGUMENTS]`. It works on a bare clone, so it may use nothing but Node:
// it brings in the packages and, for commands that open a browser, a Chromium; then it hands over to scripts/COMMAND.ts.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './setup/chromium.mjs';
import { ensurePackages } from './setup/packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** For each command, whether it opens a browser when called with these arguments. */
const opensBrowser = {
  start: () => true,
  test: ([part]) => part !== 'check',
  dev: () => false,
  build: () => false,
  check: () => false,
  eval: () => true,
  bench: () => true,
  package: () => false,
  screenshots: () => true,
  icons: () => true,
};

const [command, ...commandArguments] = process.argv.slice(2);
try {
  await run();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function run() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Node 20.19 or later is needed; this is ${process.version}.`);
  const script = join(root, 'scripts', `${command}.ts`);
  if (!Object.hasOwn(opensBrowser, command ?? '') || !existsSync(script)) {
    throw new Error(`Usage: npm run COMMAND, where COMMAND is one of ${Object.keys(opensBrowser).join(', ')}.`);
  }
  await ensurePackages(root);
  const environment = { ...process.env };
  if (opensBrowser[command](commandArguments)) environment.COMMONPLACE_CHROMIUM = await ensureChromium(root);

  const child = spawn(process.execPath, ['--import', 'tsx', script, ...commandArguments], {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
  // A Ctrl-C reaches both processes, other signals only this one. Either way it stays until the command has tidied up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
