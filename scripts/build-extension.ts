import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const distFolder = 'dist';

const sources = ['src', 'public', 'manifest.json', 'vite.config.ts', 'scripts/vite', 'package-lock.json'];

export interface BuildOptions {
  readonly outDir?: string;
  /** Shows what is built; else nothing is said, unless it fails. */
  readonly loud?: boolean;
}

/** Builds the extension as it is published. Throws when it does not build. */
export function buildExtension({ outDir = distFolder, loud = false }: BuildOptions = {}): void {
  const { status, stderr } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--outDir', outDir, '--emptyOutDir'], {
    // In a process of its own, for a test runner sets NODE_ENV to “test”, and Vite would then build for development.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: loud ? 'inherit' : ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(['The extension does not build.', stderr].filter(Boolean).join('\n'));
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
