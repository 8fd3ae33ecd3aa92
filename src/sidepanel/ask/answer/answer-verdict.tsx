import { PencilLine, ThumbsDown, ThumbsUp } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageId } from '../../../core/conversation/conversation';
import type { Verdict } from '../../../core/tuning/stored-example';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { RewordingForm } from '../../shared/rewording-form';
import type { ShownAnswer } from '../../state/exchange';
import type { VerdictState } from '../../state/verdict-state';

interface AnswerVerdictProps {
  readonly answerId: MessageId;
  readonly answer: ShownAnswer;
  readonly verdicts: VerdictState;
}

/** Whether an answer is as it should be, or what would be: an example to train on, which stays on this computer. */
export function AnswerVerdict({ answerId, answer, verdicts }: AnswerVerdictProps) {
  const [isEdited, setEdited] = useState(false);
  const [isJustKept, setJustKept] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  useEffect(() => {
    if (wasEdited.current && !isEdited) pencil.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  if (answer.kind !== 'written' || answer.text === '') return null;
  const known = verdicts.byAnswer.value.get(answerId);
  const failed = verdicts.problem.value;
  const isGood = known?.verdict === 'good' || known?.verdict === 'chosen';
  const isBad = known?.verdict === 'bad';
  const judge = async (verdict: Verdict | 'none', besides?: { text: string }) => {
    // Said anew each time.
    setJustKept(false);
    const isNoted = await verdicts.judge(answerId, verdict, besides);
    setJustKept(isNoted && verdict !== 'none');
    return isNoted;
  };
  const store = async (text: string) => {
    if (await judge('edited', { text })) setEdited(false);
  };
  return (
    <>
      <VerdictButton label={t('answer_good')} icon={ThumbsUp} isPressed={isGood} onClick={() => void judge(isGood ? 'none' : 'good')} />
      <VerdictButton label={t('answer_bad')} icon={ThumbsDown} isPressed={isBad} onClick={() => void judge(isBad ? 'none' : 'bad')} />
      <button
        type="button"
        class="icon-button small"
        title={t('answer_edit')}
        aria-label={t('answer_edit')}
        aria-pressed={known?.verdict === 'edited'}
        aria-expanded={isEdited}
        ref={pencil}
        onClick={() => setEdited(!isEdited)}
      >
        <Icon node={PencilLine} />
      </button>
      <span class="visually-hidden" role="status">
        {isJustKept && t('example_kept')}
      </span>
      {isEdited && (
        <RewordingForm
          className="better-answer"
          label={t('answer_edit')}
          hint={t('answer_edit_hint')}
          verb={t('answer_edit_keep')}
          text={known?.text ?? answer.text}
          rows={6}
          onSubmit={(text) => text !== '' && void store(text)}
          onCancel={() => setEdited(false)}
        />
      )}
      {failed?.answerId === answerId && <ProblemNotice problem={failed.problem} />}
    </>
  );
}

interface VerdictButtonProps {
  readonly label: string;
  readonly icon: typeof ThumbsUp;
  readonly isPressed: boolean;
  readonly onClick: () => void;
}

function VerdictButton({ label, icon, isPressed, onClick }: VerdictButtonProps) {
  return (
    <button type="button" class="icon-button small" title={label} aria-label={label} aria-pressed={isPressed} onClick={onClick}>
      <Icon node={icon} />
    </button>
  );
}
