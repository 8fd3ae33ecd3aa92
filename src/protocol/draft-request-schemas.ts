import * as v from 'valibot';
import type { PageId } from '../core/pages/page';
import type { DraftId, DraftRunId, ExampleDraft } from '../core/tuning/drafts/example-draft';
import { searchScopeSchema } from './ask-choices-schema';
import { assistantIdSchema } from './assistant-schema';
import { type DraftRequests, mostDraftedPages, mostPairsOfPage } from './draft-requests';
import { exampleIdSchema, tuningExampleSchema } from './example-schema';
import type { Schemas } from './handle';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const draftId = v.pipe(
  id,
  v.transform((value) => value as DraftId),
);
const run = v.pipe(
  id,
  v.transform((value) => value as DraftRunId),
);
const pageId = v.pipe(
  id,
  v.transform((value) => value as PageId),
);
/** As long as Settings take it. */
const model = v.pipe(v.string(), v.minLength(1), v.maxLength(2_000));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const time = v.pipe(v.number(), v.finite());
const written = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100_000));
const wish = {
  pairs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostPairsOfPage)),
  assistantId: v.exactOptional(assistantIdSchema),
};
const words = v.pipe(v.array(v.pipe(v.string(), v.maxLength(100_000))), v.maxLength(100));
const ids = v.pipe(v.array(draftId), v.maxLength(10_000));

export const draftRequestSchemas: Schemas<DraftRequests> = {
  'drafts/price': () => v.object({ ...wish, scope: searchScopeSchema }),
  'drafts/draft': () => v.object({ ...wish, run, page: v.pipe(count, v.maxValue(mostDraftedPages)), pageId, model }),
  'drafts/stop': () => v.object({ run }),
  'drafts/list': () => v.null(),
  'drafts/read': () => v.object({ id: draftId }),
  'drafts/approve': () => v.object({ ids, written: v.exactOptional(v.object({ question: written, answer: written })) }),
  'drafts/reject': () => v.object({ ids }),
  'drafts/undo': () => v.null(),
  'drafts/put-away': () => v.null(),
};

/** As it stands in a backup. */
export const exampleDraftSchema: v.GenericSchema<unknown, ExampleDraft> = v.object({
  id: draftId,
  createdAt: time,
  pageId,
  version: count,
  capturedAt: time,
  model,
  example: tuningExampleSchema,
  support: v.object({
    supported: count,
    claims: count,
    quotes: words,
    unknown: words,
  }),
  decision: v.exactOptional(
    v.variant('kind', [
      v.object({ kind: v.literal('approved'), at: time, exampleId: exampleIdSchema }),
      v.object({ kind: v.literal('rejected'), at: time }),
    ]),
  ),
});
