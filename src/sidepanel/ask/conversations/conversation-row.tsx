import { Pencil, Trash2 } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { Conversation } from '../../../core/conversation/conversation';
import { formatDate } from '../../../view/format-date';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import { useAside } from '../../shared/use-aside';
import type { ConversationState } from '../../state/conversation-state';

interface ConversationRowProps {
  readonly conversation: Conversation;
  readonly state: ConversationState;
  readonly onDone: () => void;
  readonly onDelete: () => void;
}

/** A conversation of the list, to open, rename or delete. */
export function ConversationRow({ conversation, state, onDone, onDelete }: ConversationRowProps) {
  const { aside, open, close, returnTo } = useAside<'renaming'>();
  const { id, title } = conversation;
  if (aside === 'renaming') {
    const rename = (newTitle: string) => {
      close();
      if (newTitle && newTitle !== title) void state.rename(id, newTitle);
    };
    return <RenameForm title={title} onRename={rename} onCancel={close} />;
  }
  const choose = () => {
    onDone();
    void state.open(conversation);
  };
  return (
    <div class="conversation-row">
      <button
        type="button"
        class="conversation-title"
        aria-current={state.current.value?.id === id ? 'true' : undefined}
        ref={returnTo}
        onClick={choose}
      >
        <span dir="auto">{title}</span>
        <span class="soft small">{formatDate(conversation.updatedAt)}</span>
      </button>
      <button type="button" class="icon-button" title={t('rename')} aria-label={t('rename_named', title)} onClick={() => open('renaming')}>
        <Icon node={Pencil} />
      </button>
      <button type="button" class="icon-button" title={t('delete')} aria-label={t('delete_named', title)} onClick={onDelete}>
        <Icon node={Trash2} />
      </button>
    </div>
  );
}

interface RenameFormProps {
  readonly title: string;
  readonly onRename: (title: string) => void;
  readonly onCancel: () => void;
}

function RenameForm({ title, onRename, onCancel }: RenameFormProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  return (
    <form
      class="rename-form"
      onSubmit={(event) => {
        event.preventDefault();
        onRename(input.current?.value.trim() ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <input ref={input} class="field" aria-label={t('conversation_title')} defaultValue={title} maxLength={200} dir="auto" />
      <button type="submit" class="button">
        {t('save')}
      </button>
    </form>
  );
}
