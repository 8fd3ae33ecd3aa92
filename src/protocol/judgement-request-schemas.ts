import * as v from 'valibot';
import type { Schemas } from './handle';
import type { JudgementRequests } from './judgement-requests';
import { judgementIdSchema as id, pairNumberSchema as number, judgementPlanSchema as plan, voteSchema } from './judgement-schema';

export const judgementRequestSchemas: Schemas<JudgementRequests> = {
  'judgements/estimate': () => v.object({ plan }),
  'judgements/start': () => v.object({ plan }),
  'judgements/list': () => v.null(),
  'judgements/read': () => v.object({ id }),
  'judgements/pair': () => v.object({ id, number }),
  'judgements/vote': () => v.object({ id, number, vote: v.exactOptional(voteSchema) }),
  'judgements/stop': () => v.object({ id }),
  'judgements/go-on': () => v.object({ id }),
  'judgements/reveal': () => v.object({ id }),
  'judgements/delete': () => v.object({ id }),
};
