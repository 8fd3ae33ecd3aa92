import * as v from 'valibot';
import type { ConversationId, MessageId } from '../core/conversation/conversation';
import { longestTagCharacters, mostTags, type TuningExample } from '../core/tuning/example';
import { maximumLineCharacters } from '../core/tuning/forms/read-lines';
import { type ExampleId, type StoredExample, verdicts } from '../core/tuning/stored-example';

/** Nothing longer is read from a file, either. */
const text = v.pipe(v.string(), v.maxLength(maximumLineCharacters));
const name = v.pipe(v.string(), v.maxLength(1_000));
const list = <Item>(item: v.GenericSchema<unknown, Item>, most: number) => v.pipe(v.array(item), v.maxLength(most));

const message = v.object({
  role: name,
  content: text,
  name: v.exactOptional(name),
  toolCalls: v.exactOptional(list(v.object({ id: v.exactOptional(name), name, arguments: text }), 1_000)),
  toolCallId: v.exactOptional(name),
  weight: v.exactOptional(v.union([v.number(), v.nan()])),
});

export const tuningExampleSchema: v.GenericSchema<unknown, TuningExample> = v.object({
  conversation: list(message, 10_000),
  answer: v.exactOptional(message),
  rejected: v.exactOptional(message),
  passages: v.exactOptional(list(v.object({ title: text, url: v.exactOptional(text), text }), 1_000)),
  tools: v.exactOptional(text),
  parallelToolCalls: v.exactOptional(v.boolean()),
  tags: v.exactOptional(list(v.pipe(v.string(), v.maxLength(longestTagCharacters)), mostTags)),
  split: v.exactOptional(v.picklist(['train', 'validation'])),
  source: v.exactOptional(name),
});

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
export const exampleIdSchema = v.pipe(
  id,
  v.transform((value) => value as ExampleId),
);

export const revisionSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const storedExampleSchema: v.GenericSchema<unknown, StoredExample> = v.object({
  id: exampleIdSchema,
  createdAt: v.pipe(v.number(), v.finite()),
  example: tuningExampleSchema,
  revision: v.exactOptional(revisionSchema),
  answerId: v.exactOptional(
    v.pipe(
      id,
      v.transform((value) => value as MessageId),
    ),
  ),
  conversationId: v.exactOptional(
    v.pipe(
      id,
      v.transform((value) => value as ConversationId),
    ),
  ),
  verdict: v.exactOptional(v.picklist(verdicts)),
});
