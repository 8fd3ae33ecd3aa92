import { Pencil } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import { RewordingForm } from '../shared/rewording-form';
import type { ConversationState } from '../state/conversation-state';
import type { Exchange } from '../state/exchange';
import type { BranchActions } from './answer/answer-branches';
import { BranchPager } from './answer/branch-pager';

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
      if (state.answering.value) return;
      const isChanged = text !== '' && text !== question;
      // What cannot be asked stays as it is written.
      if (!isChanged || (await onEditQuestion(asked.id, text))) setEdited(undefined);
    };
    return (
      <RewordingForm
        className="question-form"
        label={t('edit_question')}
        hint={t('edit_question_hint')}
        verb={t('ask')}
        text={question}
        rows={2}
        isLine
        onSubmit={(text) => void ask(text)}
        onCancel={() => setEdited(undefined)}
      />
    );
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
