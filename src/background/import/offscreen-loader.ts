import type { OffscreenRequests } from '../../protocol/offscreen-requests';
import type { Send } from '../../protocol/send';
import type { PageLoader } from './run-import-item';

/** Loads pages by the offscreen document, which the worker's death does not reach. */
export function offscreenLoader(ask: Send<OffscreenRequests>): PageLoader {
  return {
    load: (ticket, url) => ask('offscreen/load-page', { ticket, url }),
    held: () => ask('offscreen/kept-loads', null),
    drop: (ticket) => ask('offscreen/drop-load', { ticket }),
    readHtml: (html, url) =>
      ask('offscreen/read-html', { html: new TextEncoder().encode(html), contentType: 'text/html; charset=utf-8', url }),
  };
}
