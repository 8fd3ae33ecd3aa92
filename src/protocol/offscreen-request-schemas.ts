import * as v from 'valibot';
import type { ExchangedFile } from './exchanged-files';
import type { Schemas } from './handle';
import type { OffscreenRequests } from './offscreen-requests';

const url = v.pipe(v.string(), v.url(), v.maxLength(100_000));

const ticket = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const bytes = v.instance(Uint8Array<ArrayBuffer>);

export const offscreenRequestSchemas: Schemas<OffscreenRequests> = {
  'offscreen/read-html': () => v.object({ html: bytes, contentType: v.exactOptional(v.string()), url }),
  'offscreen/download-address': () =>
    v.object({
      file: v.pipe(
        v.string(),
        v.regex(/^outgoing-[\w-]+$/),
        v.transform((name) => name as ExchangedFile),
      ),
    }),
  'offscreen/load-page': () => v.object({ ticket, url }),
  'offscreen/kept-loads': () => v.null(),
  'offscreen/drop-load': () => v.object({ ticket }),
  'offscreen/read-pdf': () => v.object({ pdf: bytes, fileName: v.string(), url }),
};
