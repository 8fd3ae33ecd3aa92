import * as v from 'valibot';
import type { ConversationId, MessageId } from '../core/conversation/conversation';
import { askChoicesSchema } from './ask-choices-schema';
import { type ComparerMessage, candidateLimits } from './comparison-stream';
import { modelParametersSchema } from './model-parameters-schema';

const candidate = v.object({ model: v.pipe(v.string(), v.minLength(1), v.maxLength(300)), parameters: modelParametersSchema });

export const comparerMessageSchema: v.GenericSchema<unknown, ComparerMessage> = v.variant('type', [
  v.object({
    type: v.literal('prepare'),
    conversationId: v.exactOptional(
      v.pipe(
        v.string(),
        v.maxLength(100),
        v.transform((value) => value as ConversationId),
      ),
    ),
    question: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100_000)),
    choices: v.exactOptional(askChoicesSchema),
    parentId: v.exactOptional(
      v.nullable(
        v.pipe(
          v.string(),
          v.maxLength(100),
          v.transform((value) => value as MessageId),
        ),
      ),
    ),
    candidates: v.pipe(v.array(candidate), v.minLength(candidateLimits.min), v.maxLength(candidateLimits.max)),
  }),
  v.object({ type: v.literal('ask') }),
  v.object({ type: v.literal('stop') }),
]);
