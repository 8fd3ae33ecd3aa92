import type { Message } from './conversation';
import type { PageId } from './page';

type PlaceOf = (pageId: string, version: number) => { readonly pageId: string; readonly version: number } | undefined;

/** A message with its sources, or the pages that it was asked of, as they are after their pages, or versions of those, have been given other places. The same message if nothing of it has moved. */
export function moveSources<Written extends Message>(message: Written, placeOf: PlaceOf): Written {
  if (message.role !== 'answer') return moveScope(message, placeOf);
  let isMoved = false;
  const sources = message.sources.map((source) => {
    const place = placeOf(source.pageId, source.version);
    if (!place || (place.pageId === source.pageId && place.version === source.version)) return source;
    isMoved = true;
    return { ...source, ...place };
  });
  return isMoved ? { ...message, sources } : message;
}

function moveScope<Asked extends Message>(question: Asked, placeOf: PlaceOf): Asked {
  const scope = question.choices?.scope;
  if (!scope?.pageIds) return question;
  const pageIds = scope.pageIds.map((id) => (placeOf(id, 1)?.pageId ?? id) as PageId);
  const isMoved = pageIds.some((id, index) => id !== scope.pageIds?.[index]);
  return isMoved ? { ...question, choices: { ...question.choices, scope: { ...scope, pageIds } } } : question;
}
