import type { Span } from '../text/span';

/** What a person selected on a page and saved, in the text of one of its versions. */
export interface Selection extends Span {
  readonly version: number;
  readonly capturedAt: number;
}

/** A shorter one could stand anywhere. */
const distinctCharacters = 20;

/**
 * Puts a selection where it belongs in the text of its page. Where the page has the words already, nothing is added; what it does not have, because the page
 * was other then or not all of it was kept, goes to the end with its headings, so that nothing before it moves.
 * @param surroundings the headings and blocks the selection stands in
 * @returns the page's text, and where the selection stands in it
 */
export function placeSelection(page: string, surroundings: string, chosen: Span): { readonly text: string; readonly chosen: Span } {
  const headings = /^(?:#{1,6} .*\n\n)*/.exec(surroundings)?.[0].length ?? 0;
  const bodyStart = Math.min(headings, chosen.start);
  const body = surroundings.slice(bodyStart);
  const at = page.indexOf(body);
  if (at >= 0) return { text: page, chosen: moved(chosen, at - bodyStart) };
  const words = surroundings.slice(chosen.start, chosen.end);
  const wordsAt = words.trim().length < distinctCharacters ? -1 : page.indexOf(words);
  if (wordsAt >= 0) return { text: page, chosen: { start: wordsAt, end: wordsAt + words.length } };
  return { text: `${page}\n\n${surroundings}`, chosen: moved(chosen, page.length + 2) };
}

/** Finds the selections of a version in the text of the next. Those whose words are not there stay with the version they are of. */
export function carrySelections(selections: readonly Selection[], before: string, version: number, after: string): Selection[] {
  return selections.map((selection) => {
    if (selection.version !== version) return selection;
    const words = before.slice(selection.start, selection.end);
    const start = after.startsWith(words, selection.start) ? selection.start : after.indexOf(words);
    return start < 0 ? selection : { ...selection, version: version + 1, start, end: start + words.length };
  });
}

/**
 * The selections of a page that was saved in two libraries, each once: what was selected at one time is one selection, and so is what stands in one place.
 * @param keptNumbers the numbers that the versions of each side have from now on, by those that they had (see `mergeVersions`)
 */
export function uniteSelections(
  kept: readonly Selection[],
  added: readonly Selection[],
  keptNumbers: ReadonlyMap<number, number>,
  addedNumbers: ReadonlyMap<number, number>,
): Selection[] {
  const ofKept = kept.map((one) => ({ ...one, version: keptNumbers.get(one.version) ?? one.version }));
  const ofAdded = added.flatMap((one) => {
    const version = addedNumbers.get(one.version);
    return version === undefined ? [] : [{ ...one, version }];
  });
  const united = new Map<string, Selection>();
  for (const one of [...ofKept, ...ofAdded]) {
    // Carried from version to version, it keeps its time and its words.
    const identity = `${one.capturedAt} ${one.end - one.start}`;
    const known = united.get(identity);
    if (!known || known.version < one.version) united.set(identity, one);
  }
  const byPlace = new Map<string, Selection>();
  for (const one of united.values()) {
    const place = `${one.version} ${one.start} ${one.end}`;
    const known = byPlace.get(place);
    if (!known || known.capturedAt < one.capturedAt) byPlace.set(place, one);
  }
  return [...byPlace.values()];
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
