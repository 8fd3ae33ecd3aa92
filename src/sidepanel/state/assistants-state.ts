import { computed, signal } from '@preact/signals';
import { type Assistant, type AssistantId, defaultTemplate } from '../../core/assistants/assistant';
import type { AssistantText } from '../../core/assistants/assistant-file';
import type { Problem } from '../../core/problem';
import type { AskChoices } from '../../core/prompt/ask-choices';
import { usesVariable } from '../../core/prompt/prompt-template';
import type { LibraryEvent } from '../../protocol/library-events';
import { createWrittenAssistant, type WrittenMemory } from '../assistants/written-assistant';
import type { Client } from '../client';
import { attemptNoting } from './attempt-noting';
import type { ConversationState } from './conversation-state';
import type { DraftsState } from './drafts-state';
import type { TabState } from './tab-state';

export type AssistantsState = ReturnType<typeof createAssistantsState>;

interface AssistantsStateParts {
  readonly client: Pick<Client, 'send'>;
  readonly tab: Pick<TabState, 'status'>;
  readonly conversation: Pick<ConversationState, 'lastChoices'>;
  readonly drafts: Pick<DraftsState, 'current' | 'change'>;
  /** Keeps the assistant that is being written, over closing the panel. */
  readonly memory: WrittenMemory;
  readonly now: () => number;
}

/** The assistants, and which of them answers: the one chosen for the next question, else the one that answered the conversation's last. */
export function createAssistantsState({ client, tab, conversation, drafts, memory, now }: AssistantsStateParts) {
  const all = signal<readonly Assistant[]>([]);
  const problem = signal<Problem | undefined>();
  const chosen = computed(() => {
    const { assistantId = conversation.lastChoices.value.assistantId } = drafts.current.value;
    return all.value.find(({ id }) => id === assistantId);
  });

  const attempt = attemptNoting(problem);

  const load = async () =>
    void (await attempt(async () => {
      all.value = await client.send('assistants/list', null);
    }));

  /** Does it, and reads them again. @returns whether it was done */
  const change = async (work: () => Promise<unknown>): Promise<boolean> => {
    const isDone = await attempt(work);
    if (isDone) await load();
    return isDone;
  };

  /** Who answers a question, which may begin with the command of another than the chosen one. */
  const answering = (question: string): Assistant | undefined => {
    const command = /^\/(\S+)/.exec(question.trim())?.[1];
    return all.value.find((assistant) => command !== undefined && assistant.command === command) ?? chosen.value;
  };

  return {
    all,
    /** Those that are offered. */
    offered: computed(() => all.value.filter(({ isHidden }) => !isHidden)),
    chosen,
    written: createWrittenAssistant(memory, now),
    problem,
    load,

    /** @param id absent: none of them */
    choose(id: AssistantId | undefined) {
      drafts.change({ assistantId: id ?? null });
    },

    /**
     * What goes with a question besides its scope: who answers, and of the tab what that one's template has a place for.
     * @param assistant another than the one who would answer
     */
    async prepare(question: string, assistant = answering(question)): Promise<Omit<AskChoices, 'scope'>> {
      const template = assistant?.template ?? defaultTemplate;
      const status = tab.status.value;
      const wantsSelection = status !== undefined && usesVariable(template, 'selection');
      const selected = wantsSelection ? (await client.send('tab/selection', { tabId: status.tabId })).text : '';
      return {
        ...(chosen.value ? { assistantId: chosen.value.id } : {}),
        ...(status?.saved && usesVariable(template, 'page') ? { pageId: status.saved.id } : {}),
        ...(selected ? { selection: selected } : {}),
      };
    },

    /** The question is on its way: from now on it says itself who answers. */
    asked() {
      drafts.change({ assistantId: undefined });
    },

    write: (assistant: Assistant) => change(() => client.send('assistants/write', { assistant })),
    hide: (id: AssistantId, isHidden: boolean) => change(() => client.send('assistants/hide', { id, isHidden })),
    remove: (id: AssistantId) => change(() => client.send('assistants/delete', { id })),
    add: (assistants: readonly AssistantText[]) => change(() => client.send('assistants/import', { assistants })),

    receive: (event: LibraryEvent) => (event.type === 'assistants-changed' ? load() : undefined),
  };
}
