import { expect, it } from 'vitest';
import type { ConversationId } from '../../../../src/core/conversation/conversation';
import type { PictureId } from '../../../../src/core/conversation/picture';
import { putPicture, readPicture } from '../../../../src/storage/conversations/pictures';
import { temporaryLibrary } from '../../../support/temporary-library';

it('A picture is not replaced by another of its id', async () => {
  const library = await temporaryLibrary();
  const conversationId = 'c' as ConversationId;
  await library.put('conversations', { id: conversationId, title: 'Lamps', createdAt: 1, updatedAt: 1 });
  const picture = { id: 'p' as PictureId, conversationId, type: 'image/png' } as const;
  await putPicture(library, { ...picture, bytes: new Uint8Array([1]) });
  await putPicture(library, { ...picture, bytes: new Uint8Array([2]) });
  expect([...((await readPicture(library, picture.id))?.bytes ?? [])]).toEqual([1]);
});
