import type { PictureId } from '../../core/conversation/picture';
import type { Library, StoredPicture } from '../schema';

/** Keeps a picture, unless its conversation was deleted while it was made, or there is one by its id: a picture does not change. */
export async function putPicture(library: Library, picture: StoredPicture): Promise<void> {
  const transaction = library.transaction(['conversations', 'pictures'], 'readwrite', { durability: 'strict' });
  const pictures = transaction.objectStore('pictures');
  const hasConversation = (await transaction.objectStore('conversations').getKey(picture.conversationId)) !== undefined;
  if (hasConversation && (await pictures.getKey(picture.id)) === undefined) void pictures.put(picture);
  await transaction.done;
}

export function readPicture(library: Library, id: PictureId): Promise<StoredPicture | undefined> {
  return library.get('pictures', id);
}

export function listPictureIds(library: Library): Promise<PictureId[]> {
  return library.getAllKeys('pictures');
}
