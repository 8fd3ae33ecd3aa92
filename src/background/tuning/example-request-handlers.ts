import type { Assistant } from '../../core/assistant';
import type { ConversationId, MessageId } from '../../core/conversation';
import { ProblemError } from '../../core/problem';
import { exampleId } from '../../core/tuning/stored-example';
import type { ExampleRequests } from '../../protocol/example-requests';
import type { Handlers } from '../../protocol/handle';
import { readMessages, readMessagesById } from '../../storage/conversations';
import { deleteExampleOfAnswer, examplesOfConversation, putExampleOfAnswer } from '../../storage/examples';
import type { Library } from '../../storage/schema';
import { listAssistants } from '../assistant-requests';
import { exampleOfAnswer } from './example-of-answer';

export interface ExampleRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly builtInAssistants: () => readonly Assistant[];
  readonly now: () => number;
  readonly newId: () => string;
}

/** What the worker answers to requests about examples to train on. */
export function exampleRequestHandlers(tools: ExampleRequestTools): Handlers<ExampleRequests, unknown> {
  const { openLibrary, builtInAssistants, now, newId } = tools;
  return {
    async 'examples/judge'({ verdict, ...judged }) {
      const library = await openLibrary();
      const { answerId } = judged;
      if (verdict === 'none') {
        await deleteExampleOfAnswer(library, answerId);
        return null;
      }
      const conversationId = await conversationOf(library, answerId);
      const assistants = await listAssistants(library, builtInAssistants());
      const example = exampleOfAnswer(await readMessages(library, conversationId), { verdict, ...judged }, assistants);
      const createdAt = now();
      await putExampleOfAnswer(library, { id: exampleId(createdAt, newId()), createdAt, example, answerId, conversationId, verdict });
      return null;
    },
    async 'examples/verdicts'({ conversationId }) {
      const examples = await examplesOfConversation(await openLibrary(), conversationId);
      return examples.flatMap(({ answerId, verdict, example }) =>
        answerId === undefined || verdict === undefined
          ? []
          : [{ answerId, verdict, ...(verdict === 'edited' && example.answer ? { text: example.answer.content } : {}) }],
      );
    },
  };
}

async function conversationOf(library: Library, answerId: MessageId): Promise<ConversationId> {
  for await (const { conversationId } of readMessagesById(library, [answerId])) return conversationId;
  throw new ProblemError({ code: 'not-found' });
}
