import { computed, signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import type { PageFilter } from '../../core/pages/choose-pages';
import { type Problem, problemOf } from '../../core/problem';
import type { FindResult } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type FindState = ReturnType<typeof createFindState>;

/** As many as a person looks through before they type another word. */
const pagesWanted = 20;

/** So long after a letter without another, what is out of sight is asked for as well: longer than it mostly is until the next, so that no letter has to wait for it. */
const restAfterMs = 200;

interface Wish {
  readonly text: string;
  /** Only so many of the pages, for a start. */
  readonly first?: number;
}

/**
 * A search over everything saved, as it is typed. At each letter it has the pages in sight described, and the others when no other letter follows.
 * @param mostInSight how many pages may be in sight
 * @param filterNow what the list is narrowed to, if it is: pages that are found are narrowed to the same
 */
export function createFindState(
  client: Pick<Client, 'send'>,
  filterNow: () => PageFilter | undefined = () => undefined,
  mostInSight: () => number = () => pagesWanted,
) {
  const text = signal('');
  const isLooking = computed(() => text.value.trim() !== '');
  /** What was last found; for an earlier text than the one in the box until the answer to that is there. Absent while nothing is looked for. */
  const found = signal<(FindResult & { readonly text: string }) | undefined>();
  const problem = signal<Problem | undefined>();

  let resting: ReturnType<typeof setTimeout> | undefined;
  const search = newestOnly(async (wish: Wish) => {
    clearTimeout(resting);
    if (wish.text.trim() === '') return;
    try {
      const filter = filterNow();
      const result = await client.send('library/find', { ...wish, limit: pagesWanted, ...(filter ? { filter } : {}) });
      if (!isLooking.value) return;
      found.value = { ...result, text: wish.text };
      problem.value = undefined;
      if (result.pagesToCome !== undefined && text.value === wish.text) resting = setTimeout(lookForAll, restAfterMs);
    } catch (error) {
      problem.value = problemOf(error);
    }
  });

  const lookForAll = () => search({ text: text.value });

  return {
    text,
    /** Whether anything is looked for. What depends on no more than this is not drawn anew at each letter. */
    isLooking,
    found,
    problem,
    /** @returns when what is found is what was typed last */
    type(written: string): Promise<void> {
      // Asked first: the worker looks while what the letter changes by itself is drawn, which for the first letter is the whole list.
      const searching = search({ text: written, first: mostInSight() });
      text.value = written;
      if (written.trim() === '') {
        found.value = undefined;
        problem.value = undefined;
      }
      return searching;
    },
    /** Looks again, for the library may have changed. */
    again: lookForAll,
    /** Has those described at once that are still to come: they are in sight after all, or wanted. Nothing where there are none, or other words were typed. */
    rest: (): Promise<void> | undefined =>
      found.value?.pagesToCome !== undefined && found.value.text === text.value ? lookForAll() : undefined,
  };
}
