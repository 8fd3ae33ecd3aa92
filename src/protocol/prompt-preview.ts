import type { Assistant } from '../core/assistants/assistant';
import type { ConversationId, MessageId } from '../core/conversation/conversation';
import type { AskChoices } from '../core/prompt/ask-choices';
import type { ChatMessage } from '../core/prompt/build-prompt';

/** What a person is about to ask. */
export interface PreviewOrder {
  readonly conversationId?: ConversationId;
  /** The message that it follows; null: none. Absent: the last of the branch that is stored as shown. */
  readonly parentId?: MessageId | null;
  /** Empty: stand-ins are shown for it and for what would be found. */
  readonly question: string;
  readonly choices?: AskChoices;
  /** As it is being written; it answers instead of the one that is chosen. */
  readonly assistant?: Assistant;
}

/** What a model would be sent. */
export interface PromptPreview {
  /** None when nothing was found: no model is asked then. */
  readonly messages: readonly ChatMessage[];
  /** Exact, by the o200k_base encoding; what of them goes into what. */
  readonly tokens: {
    readonly instructions: number;
    readonly conversation: number;
    readonly passages: number;
    readonly question: number;
  };
  /** As many as there may be. */
  readonly contextTokens: number;
  readonly isSample: boolean;
  /** The question itself would have servers asked first, which a preview does not do: its passages may be others, and a conversation too long condensed. */
  readonly mayDiffer: boolean;
}
