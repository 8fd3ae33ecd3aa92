import { computed, signal } from '@preact/signals';
import type { PageId } from '../../core/pages/page';
import { type Problem, problemOf } from '../../core/problem';
import type { TabPlace } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type OpenTabsState = ReturnType<typeof createOpenTabsState>;

/** The tabs of the window as something to be asked. */
export function createOpenTabsState(client: Pick<Client, 'send' | 'listTabs' | 'borrowAccess'>) {
  const places = signal<readonly TabPlace[] | undefined>();
  const problem = signal<Problem | undefined>();

  const look = async (): Promise<readonly TabPlace[]> => {
    const tabs = await client.listTabs();
    const asleep = new Set(tabs.filter(({ isAsleep }) => isAsleep).map(({ id }) => id));
    const found = await client.send('tabs/examine', { tabIds: tabs.map(({ id }) => id) });
    places.value = found.map((place): TabPlace => {
      // It need not be awake to be asked as the page that was saved of it.
      return asleep.has(place.tabId) && !place.saved ? { tabId: place.tabId, refusal: { code: 'page-asleep' } } : place;
    });
    return places.value;
  };
  const attempt = async (work: () => Promise<unknown>) => {
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  return {
    /** Absent until they have been looked at. */
    places,
    problem,
    saved: computed(() => places.value?.filter(({ saved }) => saved) ?? []),
    /** Those that would be read for the question. */
    readable: computed(() => places.value?.filter(({ saved, refusal }) => !saved && !refusal) ?? []),
    refused: computed(() => places.value?.filter(({ refusal }) => refusal) ?? []),
    look: () => attempt(look),

    /** Looks at the addresses of all tabs, which tell those that are saved, with leave for this once. Call it straight from a click. */
    lookAtAddresses() {
      const asked = client.borrowAccess({ origins: [], permissions: ['tabs'] });
      return attempt(async () => {
        const loan = await asked;
        if (!loan) {
          problem.value = { code: 'access-refused' };
          return;
        }
        try {
          await look();
        } finally {
          await loan.giveBack();
        }
      });
    },

    /**
     * The pages of the tabs: those that are saved, and what is read of the others now. What cannot be read after all counts as refused from then on.
     * @throws ProblemError why, when there is none
     */
    async pages(): Promise<PageId[]> {
      // What was seen with more leave than there is now is still so.
      const known = new Map(places.value?.map((place) => [place.tabId, place]));
      const now = (await look()).map((place) => (place.saved ? place : { ...place, ...saved(known.get(place.tabId)) }));
      const read: TabPlace[] = [];
      for (const place of now) read.push(place.saved || place.refusal ? place : await readPlace(client, place));
      places.value = read;
      const ids = read.flatMap((place) => place.saved?.id ?? []);
      return [...new Set(ids)];
    },
  };
}

function saved(place: TabPlace | undefined): Pick<TabPlace, 'saved'> {
  return place?.saved ? { saved: place.saved } : {};
}

async function readPlace(client: Pick<Client, 'send'>, { tabId }: TabPlace): Promise<TabPlace> {
  try {
    return { tabId, saved: await client.send('tab/read', { tabId }) };
  } catch (error) {
    return { tabId, refusal: problemOf(error) };
  }
}
