import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const distFolder = 'dist';

const sources = ['src', 'public', 'manifest.json', 'vite.config.ts', 'scripts/vite', 'package-lock.json'];

export interface BuildOptions {
  /** Where the sources are. */
  readonly folder?: string;
  /** Where it goes, seen from there. */
  readonly outDir?: string;
  /** Shows what is built; else nothing is said, unless it fails. */
  readonly loud?: boolean;
}

/** Builds the extension as it is published. Throws when it does not build. */
export function buildExtension({ folder = '.', outDir = distFolder, loud = false }: BuildOptions = {}): void {
  const { status, stderr } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--outDir', outDir, '--emptyOutDir'], {
    cwd: folder,
    // In a process of its own, for a test runner sets NODE_ENV to “test”, and Vite would then build for development.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: loud ? 'inherit' : ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  // A build may fail when some of it is written, and what has a manifest counts as built.
  rmSync(resolve(folder, outDir, 'manifest.json'), { force: true });
  throw new Error(['The extension does not build.', stderr].filter(Boolean).join('\n'));
}

/** Builds the extension if a source is newer than what was last built. */
export function buildExtensionIfStale(): void {
  const built = join(distFolder, 'manifest.json');
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (Math.max(...sources.map(newestChange)) > builtAt) buildExtension();
}

function newestChange(path: string): number {
  const within = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  // A folder changes when a file in it is added or removed.
  return Math.max(...['', ...within].map((file) => statSync(join(path, file)).mtimeMs));
}
