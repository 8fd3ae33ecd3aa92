import { Component } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../view/translate';
import type { ConversationState, Exchange } from '../state/conversation-state';
import { Answer, type AnswerActions } from './answer';

interface ConversationProps {
  readonly state: ConversationState;
  readonly actions: AnswerActions;
}

/**
 * The questions and answers, one under the other. A new question moves to the top of the view, and its answer grows below it
 * without moving what is being read.
 */
export function Conversation({ state, actions }: ConversationProps) {
  const exchanges = state.exchanges.value;
  const list = useRef<HTMLDivElement>(null);
  const conversationId = state.current.value?.id;
  useEffect(() => list.current?.lastElementChild?.scrollIntoView({ block: 'start' }), [exchanges.length, conversationId]);
  return (
    <>
      <div ref={list}>
        {exchanges.map((exchange, index) => (
          <ExchangeView key={index} exchange={exchange} actions={actions} onAsk={state.ask} />
        ))}
      </div>
      <p class="visually-hidden" role="status">
        {announcement(exchanges.at(-1))}
      </p>
    </>
  );
}

interface ExchangeProps {
  readonly exchange: Exchange;
  readonly actions: AnswerActions;
  readonly onAsk: (question: string) => void;
}

/** A component by class, for only these can say that nothing has changed: while an answer streams in, those before it are left alone. */
class ExchangeView extends Component<ExchangeProps> {
  override shouldComponentUpdate(next: ExchangeProps) {
    return next.exchange !== this.props.exchange || next.actions !== this.props.actions;
  }

  override render({ exchange: { question, answer }, actions, onAsk }: ExchangeProps) {
    return (
      <article class="exchange">
        <h3 class="question" dir="auto">
          {question}
        </h3>
        <Answer question={question} answer={answer} onAskAgain={() => onAsk(question)} {...actions} />
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
