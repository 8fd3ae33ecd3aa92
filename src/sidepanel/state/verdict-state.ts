import { effect, signal } from '@preact/signals';
import type { ConversationId, MessageId } from '../../core/conversation/conversation';
import { type Problem, problemOf } from '../../core/problem';
import type { Verdict } from '../../core/tuning/stored-example';
import type { AnswerVerdict } from '../../protocol/example-requests';
import type { LibraryEvent } from '../../protocol/library-events';
import type { Client } from '../client';
import type { ConversationState } from './conversation-state';

export type VerdictState = ReturnType<typeof createVerdictState>;

interface VerdictStateParts {
  readonly client: Pick<Client, 'send'>;
  readonly conversation: Pick<ConversationState, 'current'>;
}

/** What the person made of the answers in the open conversation. Each is an example to train on. */
export function createVerdictState({ client, conversation }: VerdictStateParts) {
  const byAnswer = signal<ReadonlyMap<MessageId, AnswerVerdict>>(new Map());
  /** What could not be noted, and of which answer. */
  const problem = signal<{ readonly answerId: MessageId; readonly problem: Problem } | undefined>();
  let shown: ConversationId | undefined;

  const load = async () => {
    const conversationId = shown;
    const verdicts = conversationId ? await client.send('examples/verdicts', { conversationId }) : [];
    if (conversationId === shown) byAnswer.value = new Map(verdicts.map((one) => [one.answerId, one]));
  };

  effect(() => {
    const id = conversation.current.value?.id;
    if (id === shown) return;
    shown = id;
    // Nobody waits for it: what is not known is shown as not judged.
    void load().catch(() => {});
  });

  return {
    byAnswer,
    problem,
    // What is not known is shown as it was.
    receive: (event: LibraryEvent) => (event.type === 'examples-changed' ? load().catch(() => {}) : undefined),

    /** @returns whether it is noted */
    async judge(answerId: MessageId, verdict: Verdict | 'none', besides: { text?: string; rejectedId?: MessageId } = {}): Promise<boolean> {
      try {
        await client.send('examples/judge', { answerId, verdict, ...besides });
        await load();
        problem.value = undefined;
        return true;
      } catch (error) {
        problem.value = { answerId, problem: problemOf(error) };
        return false;
      }
    },
  };
}
