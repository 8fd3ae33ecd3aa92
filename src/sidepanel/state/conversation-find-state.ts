import { signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import { type Problem, problemOf } from '../../core/problem';
import type { FoundConversation } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type ConversationFindState = ReturnType<typeof createConversationFindState>;

/** As many as a person looks through before they type another word. */
const conversationsAtOnce = 30;

/** A search over all conversations, as it is typed. */
export function createConversationFindState(client: Pick<Client, 'send'>) {
  const text = signal('');
  /** What was last found; absent while nothing is looked for. */
  const found = signal<readonly FoundConversation[] | undefined>();
  const problem = signal<Problem | undefined>();

  const search = newestOnly(async (wanted: string) => {
    try {
      const result = await client.send('conversations/find', { text: wanted, limit: conversationsAtOnce });
      if (text.value.trim() === '') return;
      found.value = result;
      problem.value = undefined;
    } catch (error) {
      problem.value = problemOf(error);
    }
  });

  return {
    text,
    found,
    problem,
    /** @returns when what is found is what was typed last */
    type(written: string): Promise<void> {
      text.value = written;
      if (written.trim() === '') {
        found.value = undefined;
        problem.value = undefined;
      }
      return search(written);
    },
    /** Begins anew. The worker reads what was said already now, so that the first letter typed finds it read. */
    begin(): void {
      void this.type('');
    },
  };
}
