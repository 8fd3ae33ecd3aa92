import * as v from 'valibot';
import type { Schemas } from './handle';
import type { OffscreenRequests } from './offscreen-requests';

const url = v.pipe(v.string(), v.url(), v.maxLength(100_000));

export const offscreenRequestSchemas: Schemas<OffscreenRequests> = {
  'offscreen/read-html': v.object({ html: v.instance(Uint8Array<ArrayBuffer>), contentType: v.exactOptional(v.string()), url }),
};
