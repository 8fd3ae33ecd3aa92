import * as v from 'valibot';
import type { ConversationId, MessageId } from '../core/conversation';
import { verdicts } from '../core/tuning/stored-example';
import type { ExampleRequests } from './example-requests';
import type { Schemas } from './handle';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const messageId = v.pipe(
  id,
  v.transform((value) => value as MessageId),
);
const conversationId = v.pipe(
  id,
  v.transform((value) => value as ConversationId),
);

export const exampleRequestSchemas: Schemas<ExampleRequests> = {
  'examples/judge': v.object({
    answerId: messageId,
    verdict: v.picklist([...verdicts, 'none']),
    text: v.exactOptional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100_000))),
    rejectedId: v.exactOptional(messageId),
  }),
  'examples/verdicts': v.object({ conversationId }),
};
