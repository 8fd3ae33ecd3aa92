import * as v from 'valibot';
import { maximumAddressCharacters } from '../core/import/collect-items';
import type { ImportItem } from '../core/import/import-item';
import type { Schemas } from './handle';
import type { ImportRequests } from './import-requests';

const address = v.pipe(v.string(), v.url(), v.maxLength(maximumAddressCharacters));
const label = v.pipe(v.string(), v.maxLength(2_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const origins = v.pipe(v.array(label), v.maxLength(100));
const nothing = () => v.null();

/** Longer than what is kept of a page, for the marks of HTML are no text. */
const maximumTextCharacters = 20_000_000;

const item: v.GenericSchema<unknown, ImportItem> = v.object({
  url: address,
  title: v.exactOptional(label),
  tags: v.pipe(v.array(label), v.maxLength(100)),
  savedAt: v.exactOptional(v.number()),
  isArchived: v.exactOptional(v.literal(true)),
  text: v.exactOptional(
    v.object({ kind: v.picklist(['markdown', 'html']), content: v.pipe(v.string(), v.maxLength(maximumTextCharacters)) }),
  ),
});

export const importRequestSchemas: Schemas<ImportRequests> = {
  'import/status': nothing,
  'import/estimate': () => v.object({ pages: count }),
  'import/known': () => v.object({ urls: v.pipe(v.array(address), v.maxLength(10_000)) }),
  'import/begin': () =>
    v.object({
      source: v.picklist(['bookmarks', 'history', 'bookmark-file', 'pocket', 'instapaper', 'omnivore', 'readwise', 'table', 'markdown']),
      origins,
      delayMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(60_000))),
    }),
  'import/add': () => v.object({ importId: label, items: v.pipe(v.array(item), v.maxLength(10_000)) }),
  'import/resume': () => v.object({ holder: label }),
  'import/pause': nothing,
  'import/stop': nothing,
  'import/dismiss': nothing,
  'import/failures': nothing,
  'import/retry': () => v.object({ number: v.exactOptional(count), holder: label }),
};
