import * as v from 'valibot';
import type { Schemas } from './handle';
import type { TunedSearchRequests } from './tuned-search-requests';

export const tunedSearchRequestSchemas = {
  'tuned-search/status': () => v.null(),
  'tuned-search/train': () => v.null(),
  'tuned-search/stop': () => v.null(),
  'tuned-search/undo': () => v.null(),
  'answer/opened': () =>
    v.object({
      answerId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      source: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)),
    }),
} as unknown as Schemas<TunedSearchRequests>;
