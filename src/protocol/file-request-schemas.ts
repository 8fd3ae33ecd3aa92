import * as v from 'valibot';
import type { FileRequests } from './file-requests';
import type { Schemas } from './handle';

export const fileRequestSchemas: Schemas<FileRequests> = {
  'file/add': () =>
    v.object({
      file: v.instance(Blob),
      fileName: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
      contentType: v.pipe(v.string(), v.maxLength(1_000)),
    }),
};
