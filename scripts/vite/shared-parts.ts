import { resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const worker = 'src/background/main.ts';
const panel = 'src/sidepanel/main.tsx';

type ChunkNaming = (moduleId: string, context: Pick<Rolldown.PluginContext, 'getModuleInfo'>) => string | null;

/**
 * Names the file that a module of the worker belongs in when others load it too: that of what the panel loads as well, or that of the rest. Each file is asked of the
 * browser by itself, so there are few.
 */
export function sharedParts(): { readonly name: ChunkNaming; readonly plugin: Plugin } {
  let loaded: { readonly byWorker: ReadonlySet<string>; readonly byPanel: ReadonlySet<string> } | undefined;
  const name: ChunkNaming = (moduleId, context) => {
    const importsOf = (id: string) => context.getModuleInfo(id)?.importedIds ?? [];
    loaded ??= { byWorker: reachedFrom(worker, importsOf), byPanel: reachedFrom(panel, importsOf) };
    if (!loaded.byWorker.has(moduleId)) return null;
    return loaded.byPanel.has(moduleId) ? 'shared' : 'shared-by-others';
  };
  // While files are watched, the same configuration builds again and again, and modules import others than before.
  const buildStart = () => {
    loaded = undefined;
  };
  return { name, plugin: { name: 'commonplace:shared-parts', apply: 'build', buildStart } };
}

/** All that a module imports at once. */
function reachedFrom(path: string, importsOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([resolve(path)]);
  for (const id of found) for (const imported of importsOf(id)) found.add(imported);
  return found;
}
