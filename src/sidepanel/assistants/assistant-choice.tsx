import { Eye, UserRound } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { AssistantId } from '../../core/assistants/assistant';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import { isAltLetter } from '../shared/is-alt-letter';
import type { AssistantsState } from '../state/assistants-state';

interface AssistantChoiceProps {
  readonly assistants: AssistantsState;
  readonly isPreviewed: boolean;
  readonly onPreview: () => void;
}

/** Who answers, one keystroke away, and a look at what would be sent. */
export function AssistantChoice({ assistants, isPreviewed, onPreview }: AssistantChoiceProps) {
  const select = useRef<HTMLSelectElement>(null);
  const chosen = assistants.chosen.value;
  const offered = assistants.offered.value;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isAltLetter(event, 'A')) select.current?.focus();
      else if (isAltLetter(event, 'P')) onPreview();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onPreview]);
  return (
    <div class="assistant-choice">
      <span class={chosen ? 'assistant-pick' : 'assistant-pick is-none'}>
        <Icon node={UserRound} />
        <select
          ref={select}
          aria-label={t('assistant')}
          aria-keyshortcuts="Alt+A"
          title={t('assistant_hint')}
          value={chosen?.id ?? ''}
          onChange={({ currentTarget: { value } }) => assistants.choose(value === '' ? undefined : (value as AssistantId))}
        >
          <option value="">{t('no_assistant')}</option>
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {chosen?.isHidden && <option value={chosen.id}>{chosen.name}</option>}
        </select>
      </span>
      <button
        type="button"
        class="icon-button"
        title={t('preview_hint')}
        aria-label={t('preview')}
        aria-keyshortcuts="Alt+P"
        aria-expanded={isPreviewed}
        onClick={onPreview}
      >
        <Icon node={Eye} />
      </button>
    </div>
  );
}
