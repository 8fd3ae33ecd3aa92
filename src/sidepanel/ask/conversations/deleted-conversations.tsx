import { t } from '../../../view/translate';
import { UndoBars } from '../../shared/undo-bars';
import type { ConversationState } from '../../state/conversation-state';

interface DeletedConversationsProps {
  readonly state: ConversationState;
  /** The button that was pressed goes: the keyboard has to go on elsewhere. */
  readonly onPressed: () => void;
}

/** The conversations that were deleted a moment ago, to be had back. */
export function DeletedConversations({ state, onPressed }: DeletedConversationsProps) {
  return (
    <UndoBars
      deletions={state.deleted.value.map((one) => ({
        key: one.conversation.id,
        words: t('conversation_deleted', one.conversation.title),
        until: one.deleteAt,
        onUndo() {
          onPressed();
          void state.undelete(one);
        },
        onDeleteNow() {
          onPressed();
          void state.deleteNow(one);
        },
      }))}
      onOver={() => void state.refreshList()}
    />
  );
}
