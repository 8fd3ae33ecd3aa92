import { hasLivePage } from '../../../core/files/file-address';
import type { Client } from '../../client';
import type { AnswerActions } from './answer';

/** The two ways to what an answer rests on. */
export function sourceActions(client: Pick<Client, 'openQuotation' | 'openSavedCopy'>): Pick<AnswerActions, 'onOpenLive' | 'onOpenSaved'> {
  return {
    async onOpenLive({ pageId, version, start, end, url, liveUrl, locator }, quote) {
      const place = { pageId, version, start, end };
      if (hasLivePage(url)) return client.openQuotation({ place, url, liveUrl, quote: locator ? undefined : quote });
      client.openSavedCopy(place);
      return 'there';
    },
    onOpenSaved: client.openSavedCopy,
  };
}
