import { computed, effect, signal } from '@preact/signals';
import type { Facet } from '../../core/pages/choose-pages';
import type { Page, PageId } from '../../core/pages/page';
import { type Problem, ProblemError, problemOf } from '../../core/problem';
import type { AskChoices } from '../../core/prompt/ask-choices';
import { askedScope, type ChosenScope, scopeOfChoices } from '../../core/search/chosen-scope';
import type { ScopeDescription } from '../../protocol/worker-requests';
import type { Client } from '../client';
import type { ConversationState } from './conversation-state';
import type { DraftsState } from './drafts-state';
import type { LibraryState } from './library-state';
import { createOpenTabsState } from './open-tabs-state';
import type { TabState } from './tab-state';

export type ScopeState = ReturnType<typeof createScopeState>;

/** What pages are chosen with, for a question or for anything else. */
export type PageChoice = Pick<ScopeState, 'chosen' | 'description' | 'choose' | 'pagesLike' | 'sitesLike' | 'tagsLike'>;

interface ScopeStateParts {
  readonly client: Pick<Client, 'send' | 'listTabs' | 'borrowAccess'>;
  readonly tab: Pick<TabState, 'status'>;
  readonly library: Pick<LibraryState, 'overview'>;
  readonly conversation: Pick<ConversationState, 'lastChoices'>;
  readonly drafts: Pick<DraftsState, 'current' | 'change'>;
}

/** As many as a person looks through before they type another letter. */
const pagesOffered = 20;

/** What is asked: as it was chosen for the next question, else as the conversation's last question was asked, else the whole library. */
export function createScopeState({ client, tab, library, conversation, drafts }: ScopeStateParts) {
  const draft = computed(() => drafts.current.value.scope);
  const chosen = computed(() => draft.value?.chosen ?? scopeOfChoices(conversation.lastChoices.value));
  /** Whether the model may go on from its own knowledge. */
  const mayBeOwn = computed(() => draft.value?.mayBeOwn ?? conversation.lastChoices.value.knowledge === 'pages-and-model');
  const description = signal<ScopeDescription | undefined>();
  const problem = signal<Problem | undefined>();
  const isPreparing = signal(false);
  const openTabs = createOpenTabsState(client);

  /** The page in the tab; one that is not saved is read for the question. */
  const thisPage = async (): Promise<PageId> => {
    const { tabId, saved, refusal } = tab.status.value ?? {};
    if (saved) return saved.id;
    if (tabId === undefined || refusal) throw new ProblemError(refusal ?? { code: 'page-gone' });
    return (await client.send('tab/read', { tabId })).id;
  };

  let question = 0;
  let described = '';
  const describe = async (now: ChosenScope) => {
    const own = ++question;
    const about = JSON.stringify(now);
    if (about !== described) description.value = undefined;
    described = about;
    if (now.kind !== 'library') return;
    try {
      const answer = await client.send('scope/describe', { scope: now.scope });
      if (own === question) description.value = answer;
    } catch (error) {
      if (own === question) problem.value = problemOf(error);
    }
  };
  effect(() => {
    // What is in the library may be in the scope too.
    void library.overview.value;
    void describe(chosen.value);
  });

  effect(() => {
    if (chosen.value.kind === 'tabs') void openTabs.look();
  });
  // What kept one page from being read says nothing of the next.
  effect(() => {
    void tab.status.value?.url;
    problem.value = undefined;
  });

  return {
    chosen,
    mayBeOwn,
    /** Absent until it is known, and for what is not of the library. */
    description,
    problem,
    openTabs,
    /** True while what is not saved is read for a question. */
    isPreparing,

    /** The sites that most pages are from, as far as what is typed leaves them. */
    sitesLike: async (text: string) => like((await client.send('library/facets', null)).sites, text),
    tagsLike: async (text: string) => like((await client.send('library/facets', null)).tags, text.replace(/^#/, '')),
    /** Saved pages by what is typed of their titles, sites or text; the newest when nothing is. */
    async pagesLike(text: string): Promise<readonly Page[]> {
      if (text.trim() !== '') return (await client.send('library/find', { text, limit: pagesOffered })).pages.map(({ page }) => page);
      const { pages } = await client.send('library/list', { filter: {}, sort: 'newest', from: 0, count: pagesOffered });
      return pages.map(({ page }) => page);
    },

    choose(next: ChosenScope) {
      problem.value = undefined;
      drafts.change({ scope: { chosen: next, mayBeOwn: mayBeOwn.value } });
    },
    allowOwn(isAllowed: boolean) {
      drafts.change({ scope: { chosen: chosen.value, mayBeOwn: isAllowed } });
    },

    /** How a question asked now is asked; nothing when it cannot be, and then `problem` says why. */
    async prepare(): Promise<AskChoices | undefined> {
      problem.value = undefined;
      const now = chosen.value;
      const knowledge: Pick<AskChoices, 'knowledge'> = mayBeOwn.value ? { knowledge: 'pages-and-model' } : {};
      if (now.kind === 'library') return { ...askedScope(now.scope), ...knowledge };
      try {
        isPreparing.value = true;
        const pageIds = now.kind === 'page' ? [await thisPage()] : await openTabs.pages();
        if (pageIds.length === 0) throw new ProblemError(openTabs.refused.value[0]?.refusal ?? { code: 'page-gone' });
        return { scope: { pageIds }, ...knowledge };
      } catch (error) {
        problem.value = problemOf(error);
        return undefined;
      } finally {
        isPreparing.value = false;
      }
    },

    /** The question is on its way: from now on it says itself how it was asked. */
    asked() {
      drafts.change({ scope: undefined });
    },
  };
}

function like(facets: readonly Facet[], text: string): readonly Facet[] {
  const sought = text.trim().toLowerCase();
  return facets.filter(({ name }) => name.includes(sought)).toSorted((one, other) => other.pages - one.pages);
}
