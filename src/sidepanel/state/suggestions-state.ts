import { signal } from '@preact/signals';
import type { Page } from '../../core/pages/page';
import { type Problem, problemOf } from '../../core/problem';
import type { ModelSuggestions, PageSuggestions } from '../../protocol/suggestion-requests';
import type { Client } from '../client';

export type SuggestionsState = ReturnType<typeof createSuggestionsState>;

/** What could be asked of a page. */
export interface Suggestions extends PageSuggestions {
  /** What a model would ask of it: it has been paid for, and is kept as long as the panel is open. */
  readonly byModel?: ModelSuggestions;
  readonly isAsking?: boolean;
  readonly problem?: Problem;
}

type SavedPage = Pick<Page, 'id' | 'version'>;

/** What could be asked of the pages that were in view since the panel was opened, each by its version. */
export function createSuggestionsState(client: Pick<Client, 'send'>) {
  const known = signal<ReadonlyMap<string, Suggestions>>(new Map());
  const keyOf = ({ id, version }: SavedPage) => `${id} ${version}`;
  const of = (page: SavedPage): Suggestions | undefined => known.value.get(keyOf(page));
  const set = (page: SavedPage, suggestions: Suggestions) => {
    known.value = new Map([...known.value, [keyOf(page), suggestions]]);
  };
  return {
    of,

    /** By its headings, and what it would cost to ask the model: which model is set, and its price, may have changed since. */
    async read(page: SavedPage) {
      // Without suggestions one can ask all the same.
      const read = await client.send('suggestions/read', { pageId: page.id }).catch(() => undefined);
      const { modelCost: _, ...before } = of(page) ?? {};
      if (read) set(page, { ...before, ...read });
    },

    async askModel(page: SavedPage) {
      const before = of(page);
      if (!before || before.isAsking) return;
      const { problem: _, ...asking } = before;
      set(page, { ...asking, isAsking: true });
      try {
        const byModel = await client.send('suggestions/ask-model', { pageId: page.id });
        set(page, byModel ? { ...asking, byModel } : asking);
      } catch (error) {
        set(page, { ...asking, problem: problemOf(error) });
      }
    },

    /** Leaves things as they were before the model was asked. */
    async stop({ id }: SavedPage) {
      // A worker that cannot be told is gone, and the request with it.
      await client.send('suggestions/stop', { pageId: id }).catch(() => {});
    },
  };
}
