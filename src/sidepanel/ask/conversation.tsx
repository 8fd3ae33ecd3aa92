import { Component } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { MessageId } from '../../core/conversation/conversation';
import { t } from '../../view/translate';
import type { ConversationState } from '../state/conversation-state';
import type { Exchange } from '../state/exchange';
import { Answer, type AnswerActions } from './answer/answer';
import { AnswerBranches, type BranchActions } from './answer/answer-branches';
import type { AnswerToolActions } from './answer/answer-tools';
import { SpokenAnswer } from './answer/spoken-answer';
import { Question } from './question';
import { useDrawnFrom } from './use-drawn-from';
import { useFollowEnd } from './use-follow-end';

interface ConversationProps {
  readonly state: ConversationState;
  readonly actions: AnswerActions & BranchActions & AnswerToolActions;
}

/**
 * The questions and answers, one under the other. A new question moves to the top of the view, and its answer grows below it
 * without moving what is being read.
 */
export function Conversation({ state, actions }: ConversationProps) {
  const exchanges = state.exchanges.value;
  const list = useRef<HTMLDivElement>(null);
  const beginsAt = state.beginsAt.value;
  const begunAt = useRef<typeof beginsAt | undefined>(undefined);
  const drawnFrom = useDrawnFrom(exchanges.length, state.current.value?.id);
  useFollowEnd(list, state.answering.value);
  useEffect(() => {
    // When an answer ends, or another branch is chosen, what is being read stays where it is.
    if (beginsAt === begunAt.current) return;
    begunAt.current = beginsAt;
    const { messageId } = beginsAt;
    const index = messageId ? exchanges.findIndex(({ asked, answered }) => [asked?.id, answered?.id].includes(messageId)) : -1;
    const exchange = index < 0 ? list.current?.lastElementChild : list.current?.children[index];
    const isInAnswer = messageId !== undefined && exchanges[index]?.answered?.id === messageId;
    ((isInAnswer && exchange?.querySelector('.answer')) || exchange)?.scrollIntoView({ block: 'start' });
  }, [beginsAt, exchanges]);
  return (
    <>
      <div ref={list}>
        {exchanges.map((exchange, index) => (
          <ExchangeView
            key={index}
            exchange={exchange}
            isLast={index === exchanges.length - 1}
            isDrawn={index >= drawnFrom}
            actions={actions}
            state={state}
          />
        ))}
      </div>
      {state.continuesAfter.value && (
        <p class="branch-note small">
          {t('branch_begins_here')}{' '}
          <button type="button" class="text-button small" onClick={() => state.continueAfter()}>
            {t('show_what_followed')}
          </button>
        </p>
      )}
      <p class="visually-hidden" role="status">
        {announcement(exchanges.at(-1))}
      </p>
      <SpokenAnswer answer={exchanges.at(-1)?.answer} />
    </>
  );
}

interface ExchangeProps {
  readonly exchange: Exchange;
  readonly isLast: boolean;
  /** Until then only its question stands there. */
  readonly isDrawn: boolean;
  readonly actions: AnswerActions & BranchActions & AnswerToolActions;
  readonly state: ConversationState;
}

/** A component by class, for only these can say that nothing has changed: while an answer streams in, those before it are left alone. */
class ExchangeView extends Component<ExchangeProps> {
  /** Counts the answers that stood here. The one that is being written is the same when it has been stored. */
  private answerCount = 0;
  private answerId: MessageId | undefined;

  override shouldComponentUpdate(next: ExchangeProps) {
    const { exchange, isLast, isDrawn, actions } = this.props;
    return next.exchange !== exchange || next.isLast !== isLast || next.isDrawn !== isDrawn || next.actions !== actions;
  }

  override render({ exchange, isLast, isDrawn, actions, state }: ExchangeProps) {
    const { question, answer, asked, answered } = exchange;
    if (this.answerId && this.answerId !== answered?.id) this.answerCount += 1;
    this.answerId = answered?.id;
    const onAskAgain = () => (asked ? state.answerAgain(asked.id) : state.tryAgain());
    return (
      <article class="exchange">
        <Question exchange={exchange} state={state} onEditQuestion={actions.onEditQuestion} onPicture={actions.onPicture} />
        {isDrawn && (
          <Answer key={this.answerCount} question={question} answer={answer} answerId={answered?.id} onAskAgain={onAskAgain} {...actions} />
        )}
        {isDrawn && <AnswerBranches exchange={exchange} isLast={isLast} state={state} {...actions} />}
      </article>
    );
  }
}

/** Said once when an answer begins and once when it has ended, for those who hear the panel. */
function announcement(exchange: Exchange | undefined): string {
  switch (exchange?.answer.status) {
    case 'streaming':
      return exchange.answer.text ? t('writing') : t('searching');
    case 'complete':
      return t('answer_ready');
    case 'stopped':
      return t('answer_stopped');
    default:
      return '';
  }
}
