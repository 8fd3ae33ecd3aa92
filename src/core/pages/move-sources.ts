import type { Message, Source } from '../conversation/conversation';
import type { PageId } from './page';

type PlaceOf = (pageId: string, version: number) => { readonly pageId: string; readonly version: number } | undefined;

/** A message with its sources, and the pages that it was asked of, as they are after their pages, or versions of those, have been given other places. The same message if nothing of it has moved. */
export function moveSources<Written extends Message>(message: Written, placeOf: PlaceOf): Written {
  const asked = moveChoices(message, placeOf);
  if (asked.role !== 'answer') return asked;
  const sources = movedSources(asked.sources, placeOf);
  return sources === asked.sources ? asked : { ...asked, sources };
}

/** The same list if none of them has moved. */
export function movedSources(sources: readonly Source[], placeOf: PlaceOf): readonly Source[] {
  let isMoved = false;
  const placed = sources.map((source) => {
    const place = placeOf(source.pageId, source.version);
    if (!place || (place.pageId === source.pageId && place.version === source.version)) return source;
    isMoved = true;
    return { ...source, ...place } as Source;
  });
  return isMoved ? placed : sources;
}

function moveChoices<Asked extends Message>(message: Asked, placeOf: PlaceOf): Asked {
  const { choices } = message;
  if (!choices) return message;
  const { scope, pageId } = choices;
  const pageNow = (id: PageId) => (placeOf(id, 1)?.pageId ?? id) as PageId;
  const pageIds = scope?.pageIds?.map(pageNow);
  const isScopeMoved = pageIds?.some((id, index) => id !== scope?.pageIds?.[index]) ?? false;
  const isPageMoved = pageId !== undefined && pageNow(pageId) !== pageId;
  if (!isScopeMoved && !isPageMoved) return message;
  const moved = {
    ...(pageIds ? { scope: { ...scope, pageIds } } : {}),
    ...(pageId === undefined ? {} : { pageId: pageNow(pageId) }),
  };
  return { ...message, choices: { ...choices, ...moved } };
}
