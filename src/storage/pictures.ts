import type { PictureId } from '../core/picture';
import type { Library, StoredPicture } from './schema';

/** Keeps a picture, unless its conversation was deleted while it was made. */
export async function putPicture(library: Library, picture: StoredPicture): Promise<void> {
  const transaction = library.transaction(['conversations', 'pictures'], 'readwrite', { durability: 'strict' });
  if (await transaction.objectStore('conversations').getKey(picture.conversationId)) {
    void transaction.objectStore('pictures').put(picture);
  }
  await transaction.done;
}

export function readPicture(library: Library, id: PictureId): Promise<StoredPicture | undefined> {
  return library.get('pictures', id);
}

export function listPictureIds(library: Library): Promise<PictureId[]> {
  return library.getAllKeys('pictures');
}
