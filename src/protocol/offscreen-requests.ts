import type { CapturedPage } from '../core/pages/page';
import type { ExchangedFile } from './exchanged-files';
import type { Reply } from './send';

/** What the worker may ask of the offscreen document, which has what the worker lacks: a DOM. */
export interface OffscreenRequests {
  /** Reads HTML that was fetched or opened as a file. `contentType` is what the server said of it. */
  'offscreen/read-html': { data: { html: Uint8Array<ArrayBuffer>; contentType?: string; url: string }; reply: CapturedPage };
  /** See `offscreen/download-address.ts`. */
  'offscreen/download-address': { data: { file: ExchangedFile }; reply: string };
  /** Fetches a page and reads it, once for each ticket: until it is dropped, the same ticket gives the same page or problem, also after the worker died. */
  'offscreen/load-page': { data: { ticket: string; url: string }; reply: CapturedPage };
  /** The tickets of what is being fetched or is kept. */
  'offscreen/kept-loads': { data: null; reply: readonly string[] };
  /** Forgets what is kept for a ticket; stops it if it is under way. */
  'offscreen/drop-load': { data: { ticket: string }; reply: null };
  /** Reads a PDF; tells how far it is. Rejects with `page-empty` or any `pdf-…`. */
  'offscreen/read-pdf': { data: { pdf: Uint8Array<ArrayBuffer>; fileName: string; url: string }; reply: CapturedPage };
}

/**
 * What comes back on the port that is sent along with a request: any number of shares done, from 0 to 1, then the reply. Closing the port
 * stops the work.
 */
export type OffscreenMessage = { readonly shareDone: number } | { readonly reply: Reply };

/** The document closes itself when it has had nothing to do for this long. */
export const offscreenIdleMs = 20_000;
