import * as v from 'valibot';
import type { Schemas } from './handle';
import type { WatchMessages } from './worker-requests';

const url = v.pipe(v.string(), v.url(), v.maxLength(100_000));

/** Like a captured page, this comes from a page's process. */
export const watchMessageSchemas: Schemas<WatchMessages> = {
  'watch/shown': () => v.object({ url }),
  'watch/read': () => v.object({ url, hasSecretField: v.boolean() }),
};
