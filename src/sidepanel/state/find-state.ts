import { computed, signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import type { PageFilter } from '../../core/pages/choose-pages';
import { type Problem, problemOf } from '../../core/problem';
import type { FindResult } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type FindState = ReturnType<typeof createFindState>;

/** As many as a person looks through before they type another word. */
const pagesAtOnce = 20;

/**
 * A search over everything saved, as it is typed.
 * @param filterNow what the list is narrowed to, if it is: pages that are found are narrowed to the same
 */
export function createFindState(client: Pick<Client, 'send'>, filterNow: () => PageFilter | undefined = () => undefined) {
  const text = signal('');
  const isLooking = computed(() => text.value.trim() !== '');
  /** What was last found; for an earlier text than the one in the box until the answer to that is there. Absent while nothing is looked for. */
  const found = signal<(FindResult & { readonly text: string }) | undefined>();
  const problem = signal<Problem | undefined>();

  const search = newestOnly(async (wanted: string) => {
    if (wanted.trim() === '') return;
    try {
      const filter = filterNow();
      const result = await client.send('library/find', { text: wanted, limit: pagesAtOnce, ...(filter ? { filter } : {}) });
      if (!isLooking.value) return;
      found.value = { ...result, text: wanted };
      problem.value = undefined;
    } catch (error) {
      problem.value = problemOf(error);
    }
  });

  return {
    text,
    /** Whether anything is looked for. What depends on no more than this is not drawn anew at each letter. */
    isLooking,
    found,
    problem,
    /** @returns when what is found is what was typed last */
    type(written: string): Promise<void> {
      text.value = written;
      if (written.trim() === '') {
        found.value = undefined;
        problem.value = undefined;
      }
      return search(written);
    },
    /** Looks again, for the library may have changed. */
    again: () => search(text.value),
  };
}
