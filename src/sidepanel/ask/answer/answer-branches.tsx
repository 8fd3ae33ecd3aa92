import { CornerDownRight, RefreshCw } from 'lucide';
import type { MessageId } from '../../../core/conversation/conversation';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import type { ConversationState } from '../../state/conversation-state';
import type { Exchange } from '../../state/exchange';
import type { VerdictState } from '../../state/verdict-state';
import { type AnswerToolActions, AnswerTools } from './answer-tools';
import { AnswerVerdict } from './answer-verdict';
import { BranchPager } from './branch-pager';

export interface BranchActions {
  /** Shows the form of a picture in the place of the question's: what it costs is seen there. False when the question is no picture. */
  readonly onPicture: (questionId: MessageId) => boolean;
  /** With what is set now. */
  readonly onAnswerAgain: (questionId: MessageId) => void;
  /** Asks in other words. @returns whether it is asked */
  readonly onEditQuestion: (questionId: MessageId, text: string) => Promise<boolean>;
  readonly verdicts: VerdictState;
}

interface AnswerBranchesProps extends Pick<BranchActions, 'onAnswerAgain' | 'verdicts'>, AnswerToolActions {
  readonly exchange: Exchange;
  readonly isLast: boolean;
  readonly state: ConversationState;
}

/** Under an answer: the others to the same question, what can be taken along of it, a way to one more, and a way to go on from it where others have followed. */
export function AnswerBranches({
  exchange: { answer, asked, answered },
  isLast,
  state,
  onAnswerAgain,
  onCopy,
  speech,
  verdicts,
}: AnswerBranchesProps) {
  if (!asked || answer.status === 'streaming') return null;
  return (
    <div class="branch-actions">
      {answered && <BranchPager place={answered} kind="answer" state={state} />}
      {answered && <AnswerTools id={answered.id} answer={answer} onCopy={onCopy} speech={speech} />}
      <button
        type="button"
        class="icon-button small"
        title={t('answer_again')}
        aria-label={t('answer_again')}
        aria-disabled={state.answering.value}
        onClick={() => onAnswerAgain(asked.id)}
      >
        <Icon node={RefreshCw} />
      </button>
      {answered && !isLast && (
        <button
          type="button"
          class="icon-button small"
          title={t('ask_from_here')}
          aria-label={t('ask_from_here')}
          aria-disabled={state.answering.value}
          onClick={() => state.continueAfter(answered.id)}
        >
          <Icon node={CornerDownRight} />
        </button>
      )}
      {answered && <AnswerVerdict key={answered.id} answerId={answered.id} answer={answer} verdicts={verdicts} />}
    </div>
  );
}
