import * as v from 'valibot';
import type { ConversationId, MessageId } from '../core/conversation/conversation';
import type { Mend } from '../core/tuning/check/mend';
import { personalDataKinds } from '../core/tuning/check/personal-data';
import { longestTagCharacters, mostTags } from '../core/tuning/example';
import { verdicts } from '../core/tuning/stored-example';
import { type ExampleRequests, mostExamplesAtOnce } from './example-requests';
import { exampleIdSchema, revisionSchema, tuningExampleSchema } from './example-schema';
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
const text = v.pipe(v.string(), v.maxLength(1_000));
const split = v.picklist(['train', 'validation']);
const ids = (most: number) => v.pipe(v.array(exampleIdSchema), v.maxLength(most));

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const tags = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(longestTagCharacters))), v.maxLength(mostTags));

const mend: v.GenericSchema<unknown, Mend> = v.variant('kind', [
  v.object({
    kind: v.picklist([
      'remove',
      'drop-empty-turns',
      'drop-last-turns',
      'set-weights',
      'learn-all',
      'unwrap-arguments',
      'cut-repetition',
      'drop-rejected',
    ]),
  }),
  v.object({ kind: v.literal('rename-role'), from: text, to: text }),
  v.object({ kind: v.literal('redact'), what: v.picklist(personalDataKinds) }),
]);

export const exampleRequestSchemas: Schemas<ExampleRequests> = {
  'examples/judge': () =>
    v.object({
      answerId: messageId,
      verdict: v.picklist([...verdicts, 'none']),
      text: v.exactOptional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100_000))),
      rejectedId: v.exactOptional(messageId),
    }),
  'examples/verdicts': () => v.object({ conversationId }),
  'examples/find': () =>
    v.object({
      filter: v.object({ text: v.exactOptional(text), tag: v.exactOptional(text), split: v.exactOptional(split) }),
    }),
  'examples/read': () => v.object({ ids: ids(mostExamplesAtOnce) }),
  'examples/count-tokens': () => v.object({ id: exampleIdSchema }),
  'examples/add': () =>
    v.object({
      examples: v.pipe(v.array(tuningExampleSchema), v.maxLength(mostExamplesAtOnce)),
      startedAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
      first: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000)),
    }),
  'examples/change': () => v.object({ id: exampleIdSchema, revision: revisionSchema, example: tuningExampleSchema }),
  'examples/delete': () => v.object({ ids: ids(1_000_000) }),
  'examples/mark': () =>
    v.object({
      ids: ids(mostExamplesAtOnce),
      mark: v.object({
        add: v.exactOptional(tags),
        remove: v.exactOptional(tags),
        split: v.exactOptional(v.picklist(['train', 'validation', 'none'])),
      }),
    }),
  'examples/set-aside': () => v.object({ ids: ids(mostExamplesAtOnce), deletedAt: time }),
  'examples/deleted': () => v.null(),
  'examples/put-back': () => v.object({ deletedAt: time }),
  'examples/forget': () => v.object({ deletedAt: time }),
  'examples/mend': () =>
    v.object({
      examples: v.pipe(
        v.array(v.object({ id: exampleIdSchema, revision: revisionSchema, mends: v.pipe(v.array(mend), v.maxLength(1_000)) })),
        v.maxLength(mostExamplesAtOnce),
      ),
    }),
  'examples/split': () =>
    v.object({
      ids: ids(mostExamplesAtOnce),
      seed: v.pipe(v.number(), v.safeInteger()),
      validationShare: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    }),
  'examples/check': () => v.null(),
  'examples/stop-check': () => v.null(),
};
