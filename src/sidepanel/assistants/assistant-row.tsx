import { Copy, Eye, EyeOff, Pencil, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import type { Assistant } from '../../core/assistants/assistant';
import { isBuiltIn } from '../../core/assistants/built-in-assistants';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import { ConfirmDelete } from '../shared/confirm-delete';
import type { AssistantsState } from '../state/assistants-state';

interface AssistantRowProps {
  readonly assistant: Assistant;
  readonly assistants: AssistantsState;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
}

/** An assistant in the list, and what can be done with it. Those that are built in are copied and hidden, not changed. */
export function AssistantRow({ assistant, assistants, onEdit, onCopy }: AssistantRowProps) {
  const [isLeaving, setLeaving] = useState(false);
  const { id, name, instructions, command, isHidden } = assistant;
  if (isLeaving) {
    return (
      <li>
        <ConfirmDelete
          question={t('delete_assistant', name)}
          onConfirm={() => void assistants.remove(id)}
          onCancel={() => setLeaving(false)}
        />
      </li>
    );
  }
  const actions = [
    ...(isBuiltIn(id) ? [] : [{ words: t('edit_assistant', name), icon: Pencil, act: onEdit }]),
    { words: t('copy_assistant', name), icon: Copy, act: onCopy },
    isHidden
      ? { words: t('offer_assistant', name), icon: EyeOff, act: () => void assistants.hide(id, false) }
      : { words: t('hide_assistant', name), icon: Eye, act: () => void assistants.hide(id, true) },
    ...(isBuiltIn(id) ? [] : [{ words: t('delete_assistant_hint', name), icon: Trash2, act: () => setLeaving(true) }]),
  ];
  return (
    <li class={isHidden ? 'assistant-row is-hidden' : 'assistant-row'}>
      <div class="assistant-words">
        <p class="assistant-name" dir="auto">
          {name}
          {command && <span class="soft"> /{command}</span>}
          {isHidden && <span class="soft"> · {t('not_offered')}</span>}
        </p>
        <p class="soft small" dir="auto">
          {instructions}
        </p>
      </div>
      <div class="assistant-actions">
        {actions.map(({ words, icon, act }) => (
          <button key={words} type="button" class="icon-button" title={words} aria-label={words} onClick={act}>
            <Icon node={icon} />
          </button>
        ))}
      </div>
    </li>
  );
}
