import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationId } from '../../core/conversation/conversation';
import type { ConversationState } from './conversation-state';
import type { DraftStore, QuestionDraft } from './draft-store';

export interface DraftsState {
  /** What stands ready for the next question of the open conversation, or of a new one. */
  readonly current: ReadonlySignal<QuestionDraft>;
  change(part: { readonly [Part in keyof QuestionDraft]: QuestionDraft[Part] | undefined }): void;
  /** Takes out a question that was asked elsewhere, lest it is asked once more. Something else that is being written stays. */
  takeOut(question: string, conversationId: ConversationId | undefined): void;
}

interface DraftsStateParts {
  readonly store: DraftStore;
  readonly conversation: Pick<ConversationState, 'openId' | 'answering' | 'keptIds'>;
}

export function createDraftsState({ store, conversation }: DraftsStateParts): DraftsState {
  let openId = conversation.openId.peek();
  const current = signal<QuestionDraft>(store.read(openId));

  const follow = (id: ConversationId | undefined) => {
    if (id === openId) return;
    const wasNew = openId === undefined;
    openId = id;
    if (wasNew && conversation.answering.peek()) {
      // The new conversation has been stored: what was written since it was asked goes along.
      store.write(undefined, {});
      store.write(id, current.peek());
    } else current.value = store.read(id);
  };

  const change: DraftsState['change'] = (part) => {
    // Amid other changes, it may not have been heard of yet that another is open.
    follow(conversation.openId.peek());
    const parts = Object.entries({ ...current.peek(), ...part }).filter(([, value]) => value !== undefined && value !== '');
    current.value = Object.fromEntries(parts);
    store.write(openId, current.peek());
  };

  effect(() => follow(conversation.openId.value));
  effect(() => {
    const kept = conversation.keptIds.value;
    if (kept) store.keepOnly(kept);
  });

  return {
    current,
    change,
    takeOut(question, conversationId) {
      if (conversationId === openId) {
        if (current.peek().text?.trim() === question) change({ text: undefined });
        return;
      }
      const { text, ...others } = store.read(conversationId);
      if (text?.trim() === question) store.write(conversationId, others);
    },
  };
}
