import type { FoundConversation } from '../../../protocol/worker-requests';
import { formatDate } from '../../../view/format-date';
import { MarkedText } from '../../../view/marked-text';
import { t } from '../../../view/translate';
import type { ConversationState } from '../../state/conversation-state';

interface FoundConversationRowProps {
  readonly found: FoundConversation;
  readonly state: ConversationState;
  readonly onDone: () => void;
}

/** A conversation that was found, and where: it opens at the message that holds the most of what was looked for. */
export function FoundConversationRow({ found: { conversation, titleHighlights, message }, state, onDone }: FoundConversationRowProps) {
  const open = () => {
    onDone();
    void state.open(conversation, message?.id);
  };
  return (
    <li>
      <button type="button" class="conversation-title" onClick={open}>
        <span dir="auto">
          <MarkedText text={conversation.title} highlights={titleHighlights} />
        </span>
        {message && (
          <span class="small found-message" dir="auto">
            <span class="soft">{t(message.role === 'question' ? 'found_in_question' : 'found_in_answer')} </span>
            <MarkedText {...message.snippet} />
          </span>
        )}
        <span class="soft small">{formatDate(conversation.updatedAt)}</span>
      </button>
    </li>
  );
}
