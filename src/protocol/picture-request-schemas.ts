import * as v from 'valibot';
import type { MessageId } from '../core/conversation/conversation';
import type { PictureChoices, PictureId } from '../core/conversation/picture';
import type { Schemas } from './handle';
import type { PictureRequests } from './picture-requests';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));

export const pictureChoicesSchema: v.GenericSchema<unknown, PictureChoices> = v.object({
  model: name,
  size: v.pipe(v.string(), v.regex(/^(auto|\d{2,5}x\d{2,5})$/)),
  quality: v.pipe(v.string(), v.regex(/^[a-z]{1,20}$/)),
  withoutText: v.exactOptional(v.literal(true)),
});

export const pictureRequestSchemas: Schemas<PictureRequests> = {
  'picture/read': () =>
    v.object({
      pictureId: v.pipe(
        id,
        v.transform((value) => value as PictureId),
      ),
    }),
  'picture/condense': () =>
    v.object({
      answerId: v.pipe(
        id,
        v.transform((value) => value as MessageId),
      ),
    }),
};
