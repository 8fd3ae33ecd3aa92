import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVisibly } from './run-visibly.mjs';

/**
 * Installs the packages of the lock file unless they are there already.
 * @param {string} root the checkout
 */
export async function ensurePackages(root) {
  if (installedPackagesMatch(root)) return;
  console.error('Installing the packages of package-lock.json into node_modules …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  if (!(await runVisibly(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root }))) {
    throw new Error('The packages could not be installed: see npm’s words above. With a working connection, run “npm ci” and try again.');
  }
}

/**
 * npm ends every installation by noting what it installed in node_modules/.package-lock.json, so a half-finished one, or one of
 * another revision's lock file, is told from a whole one. Packages for other systems are in the lock file only.
 */
function installedPackagesMatch(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return path in installed ? installed[path].version === version : optional === true;
  });
}

/** @returns {Record<string, { version: string, optional?: boolean }> | undefined} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
