import { build, type Rolldown } from 'vite';

/**
 * Bundles a module, with all that it imports, into one script that leaves the module's exports in a global variable.
 * @param entry the module's path, from the project's root
 */
export async function bundleForBrowser(entry: string, globalName: string): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    // A page has no `process`, and what is built as a library is left to look there.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, minify: false, target: 'chrome122', lib: { entry, name: globalName, formats: ['iife'] } },
  })) as Rolldown.RolldownOutput[];
  const chunk = result[0]?.output[0];
  if (!chunk) throw new Error(`Nothing was built from ${entry}.`);
  // A top-level «var» of an evaluated script would be gone after it.
  return `${chunk.code}\n;globalThis.${globalName} = ${globalName};`;
}
