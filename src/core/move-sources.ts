import type { Message } from './conversation';

/** A message with its sources as they are after their pages, or versions of those, have been given other places. The same message if nothing of it has moved. */
export function moveSources<Written extends Message>(
  message: Written,
  placeOf: (pageId: string, version: number) => { readonly pageId: string; readonly version: number } | undefined,
): Written {
  if (message.role !== 'answer') return message;
  let isMoved = false;
  const sources = message.sources.map((source) => {
    const place = placeOf(source.pageId, source.version);
    if (!place || (place.pageId === source.pageId && place.version === source.version)) return source;
    isMoved = true;
    return { ...source, ...place };
  });
  return isMoved ? { ...message, sources } : message;
}
