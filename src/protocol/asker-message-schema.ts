import * as v from 'valibot';
import type { ConversationId, MessageId } from '../core/conversation/conversation';
import type { AskerMessage } from './answer-stream';
import { askChoicesSchema } from './ask-choices-schema';

/** Long enough for a pasted page, short enough to search for. */
const maximumQuestionCharacters = 100_000;

const messageId = v.pipe(
  v.string(),
  v.maxLength(100),
  v.transform((value) => value as MessageId),
);

export const askerMessageSchema: v.GenericSchema<unknown, AskerMessage> = v.variant('type', [
  v.object({
    type: v.literal('ask'),
    conversationId: v.exactOptional(
      v.pipe(
        v.string(),
        v.maxLength(100),
        v.transform((value) => value as ConversationId),
      ),
    ),
    question: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maximumQuestionCharacters)),
    choices: v.exactOptional(askChoicesSchema),
    parentId: v.exactOptional(v.nullable(messageId)),
    againId: v.exactOptional(messageId),
  }),
  v.object({ type: v.literal('stop') }),
]);
