import type { CapturedPage } from '../core/pages/page';
import { loadPage } from './load-page';

/** A page that nobody asks for again in this time never will be: whoever wanted it has stopped. */
const keptForMs = 600_000;

interface KeptLoad {
  readonly page: Promise<CapturedPage>;
  readonly stop: () => void;
}

/**
 * Pages that are being fetched, or were and have not been stored. They are kept here because this document outlives the worker: one that starts again asks
 * for the same ticket and gets the same page, and the site is not asked twice.
 */
export interface KeptLoads {
  /** @throws ProblemError as `loadPage` does; a failure is kept like a page */
  load(ticket: string, url: string): Promise<CapturedPage>;
  tickets(): readonly string[];
  drop(ticket: string): void;
}

/** @param changed called when there are more or fewer of them */
export function keptLoads(changed: () => void): KeptLoads {
  const loads = new Map<string, KeptLoad>();
  const drop = (ticket: string) => {
    loads.get(ticket)?.stop();
    if (loads.delete(ticket)) changed();
  };
  return {
    load(ticket, url) {
      const known = loads.get(ticket);
      if (known) return known.page;
      const stopping = new AbortController();
      const page = loadPage(url, stopping.signal, Date.now());
      const forgetting = setTimeout(() => drop(ticket), keptForMs);
      loads.set(ticket, {
        page,
        stop() {
          clearTimeout(forgetting);
          stopping.abort();
        },
      });
      changed();
      // Whoever asked may be gone by the time it fails.
      page.catch(() => {});
      return page;
    },
    tickets: () => [...loads.keys()],
    drop,
  };
}
