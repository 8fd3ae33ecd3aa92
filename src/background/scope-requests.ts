import type { Runtime } from 'webextension-polyfill';
import type { Reading } from '../core/pages/reading';
import type { SearchScope } from '../core/search/search';
import type { Handlers } from '../protocol/handle';
import type { ScopeDescription, WorkerRequests } from '../protocol/worker-requests';
import { entriesInScope } from '../storage/pages/passages-in-scope';
import { readReadings } from '../storage/pages/readings';
import type { Library } from '../storage/schema';

/** Nobody looks through more, and each is a chip in the panel. */
const mostNamed = 50;

export interface ScopeRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly readTab: (tabId: number) => Promise<Reading>;
}

/** What the worker answers where the panel asks what could be asked. */
export function scopeHandlers({
  openLibrary,
  readTab,
}: ScopeRequestTools): Handlers<Pick<WorkerRequests, 'scope/describe' | 'tab/read'>, Runtime.MessageSender> {
  return {
    async 'tab/read'({ tabId }) {
      const { id, page } = await readTab(tabId);
      return { id, title: page.title };
    },
    'scope/describe': async ({ scope }) => describeScope(await openLibrary(), scope),
  };
}

async function describeScope(library: Library, scope: SearchScope): Promise<ScopeDescription> {
  const [entries, readings] = await Promise.all([entriesInScope(library, scope), readReadings(library, scope.pageIds ?? [])]);
  const titles = new Map([...entries, ...readings.map(({ page }) => page)].map(({ id, title }) => [id, title]));
  const named = (scope.pageIds ?? []).flatMap((id) => {
    const title = titles.get(id);
    return title === undefined ? [] : [{ id, title }];
  });
  return { pages: entries.length + readings.length, named: named.slice(0, mostNamed) };
}
