import { Pencil } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { ConversationState } from '../state/conversation-state';
import type { Exchange } from '../state/exchange';
import type { BranchActions } from './answer-branches';
import { BranchPager } from './branch-pager';

interface QuestionProps extends Pick<BranchActions, 'onEditQuestion' | 'onPicture'> {
  readonly exchange: Exchange;
  readonly state: ConversationState;
}

/** What was asked, to be asked in other words, and the other questions that were asked at its place. */
export function Question({ exchange: { question, asked }, state, onEditQuestion, onPicture }: QuestionProps) {
  const [editedId, setEdited] = useState<string>();
  const edit = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  const isEdited = asked !== undefined && editedId === asked.id;
  useEffect(() => {
    if (wasEdited.current && !isEdited) edit.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  if (isEdited) {
    const ask = async (text: string) => {
      const isChanged = text !== '' && text !== question;
      // What cannot be asked stays as it is written.
      if (!isChanged || (await onEditQuestion(asked.id, text))) setEdited(undefined);
    };
    return <QuestionForm question={question} state={state} onAsk={(text) => void ask(text)} onCancel={() => setEdited(undefined)} />;
  }
  return (
    <div class="question-head">
      <h3 class="question" dir="auto">
        {question}
      </h3>
      {asked && (
        <button
          type="button"
          class="icon-button"
          title={t('edit_question')}
          aria-label={t('edit_question')}
          aria-disabled={state.answering.value}
          ref={edit}
          onClick={() => {
            if (!state.answering.value && !onPicture(asked.id)) setEdited(asked.id);
          }}
        >
          <Icon node={Pencil} />
        </button>
      )}
      {asked && <BranchPager place={asked} kind="question" state={state} />}
    </div>
  );
}

interface QuestionFormProps extends Pick<QuestionProps, 'state'> {
  readonly question: string;
  readonly onAsk: (text: string) => void;
  readonly onCancel: () => void;
}

function QuestionForm({ question, state, onAsk, onCancel }: QuestionFormProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  // Before it is painted: what is typed at once must not find the selection moved.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(question.length, question.length);
  }, [question]);
  const submit = () => {
    if (!state.answering.value) onAsk(input.current?.value.trim() ?? '');
  };
  return (
    <form
      class="question-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          onCancel();
        } else if (event.key === 'Enter' && !event.shiftKey && event.target === input.current) {
          event.preventDefault();
          submit();
        }
      }}
    >
      <textarea ref={input} class="field" aria-label={t('edit_question')} defaultValue={question} maxLength={100_000} rows={2} dir="auto" />
      <p class="soft small">{t('edit_question_hint')}</p>
      <div class="actions">
        <button type="submit" class="button primary">
          {t('ask')}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
