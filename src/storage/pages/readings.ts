import type { ConversationId } from '../../core/conversation/conversation';
import type { PageId } from '../../core/pages/page';
import type { Reading } from '../../core/pages/reading';
import type { Library } from '../schema';

/** How long what was read waits for its question: a panel may be closed in between. */
const unaskedMs = 60 * 60_000;

/** Keeps what was read, and lets go of what was read long ago and never asked. */
export async function putReading(library: Library, reading: Reading): Promise<void> {
  const transaction = library.transaction('readings', 'readwrite', { durability: 'strict' });
  for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue()) {
    const { conversationId, readAt } = cursor.value;
    if (conversationId === undefined && readAt < reading.readAt - unaskedMs) void cursor.delete();
  }
  void transaction.store.put(reading);
  await transaction.done;
}

/** Those of the pages that are readings, in the order of the ids. */
export async function readReadings(library: Library, pageIds: readonly PageId[]): Promise<Reading[]> {
  if (pageIds.length === 0 || (await library.count('readings')) === 0) return [];
  const { store } = library.transaction('readings');
  const readings = await Promise.all(pageIds.map((id) => store.get(id)));
  return readings.flatMap((reading) => reading ?? []);
}

/** Has readings go with a conversation from now on, but for those that go with another. */
export async function claimReadings(library: Library, pageIds: readonly PageId[], conversationId: ConversationId): Promise<void> {
  if (pageIds.length === 0 || (await library.count('readings')) === 0) return;
  const transaction = library.transaction('readings', 'readwrite', { durability: 'strict' });
  await Promise.all(
    pageIds.map(async (id) => {
      const reading = await transaction.store.get(id);
      if (reading && reading.conversationId === undefined) await transaction.store.put({ ...reading, conversationId });
    }),
  );
  await transaction.done;
}

export function readingsOf(library: Library, conversationId: ConversationId): Promise<Reading[]> {
  return library.getAllFromIndex('readings', 'byConversation', conversationId);
}
