import type { FoundPage } from '../../protocol/worker-requests';
import type { Client } from '../client';

/** Opens the saved copy of a page, at the passage that was found if there is one. */
export function openFound(client: Pick<Client, 'openSavedCopy'>, { page, passage }: FoundPage): void {
  const place = passage && { version: passage.version, start: passage.start, end: passage.end };
  client.openSavedCopy({ pageId: page.id, ...place });
}
