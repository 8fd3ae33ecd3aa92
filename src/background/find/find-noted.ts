import type { PageId } from '../../core/pages/page';
import { noteMatcher, type ReadNote, readNote } from '../../core/search/matches-note';
import { isNarrowed } from '../../core/search/matches-scope';
import type { ParsedQuery } from '../../core/search/parse-query';
import { pageHoldsExcluded } from '../../storage/lexical/holds-excluded';
import { isDeleted } from '../../storage/pages/deletions';
import { pageIdsInScope } from '../../storage/pages/passages-in-scope';
import { perLibrary } from '../../storage/per-library';
import type { Library } from '../../storage/schema';

/** Notes that are not read into words again at the next letter: as many as most people write, and of the usual length. A few megabytes, and ten at most. */
const [mostRemembered, longestRemembered] = [1_000, 500];
/** Of all notes together. More are read from the disk at each letter. */
const mostCharactersKept = 1_000_000;

interface NotedPage {
  readonly id: PageId;
  readonly note: string;
  readonly savedAt: number;
}

interface Kept {
  revision: number;
  noted: readonly NotedPage[];
  /** By their text. Not those that were read last, for all are gone through at each letter: of a few more than there is room for, none would be left. */
  readonly words: Map<string, ReadNote>;
}

const keptOf = perLibrary((): Kept => ({ revision: -1, noted: [], words: new Map() }));

function wordsOf(note: string, { words }: Kept): ReadNote {
  const known = words.get(note);
  if (known) return known;
  const read = readNote(note);
  if (note.length <= longestRemembered && words.size < mostRemembered) words.set(note, read);
  return read;
}

async function readNoted(library: Library, revision: number): Promise<readonly NotedPage[]> {
  const kept = keptOf(library);
  if (kept.revision === revision) return kept.noted;
  const pages = await library.getAllFromIndex('pages', 'byNote');
  const noted = pages.map(({ id, note = '', savedAt }) => ({ id, note, savedAt }));
  const characters = noted.reduce((sum, { note }) => sum + note.length, 0);
  const there = new Set(noted.map(({ note }) => note));
  for (const note of kept.words.keys()) if (!there.has(note)) kept.words.delete(note);
  Object.assign(kept, characters <= mostCharactersKept ? { revision, noted } : { revision: -1, noted: [] });
  return noted;
}

/**
 * The pages whose note holds what is asked for (see `noteMatcher`), those that were saved last first.
 * @param revision as `readShownPages` takes it
 */
export async function findNoted(library: Library, revision: number, query: ParsedQuery, isUnfinished: boolean): Promise<PageId[]> {
  const noted = await readNoted(library, revision);
  if (noted.length === 0) return [];
  const findIn = noteMatcher(query, isUnfinished);
  const kept = keptOf(library);
  const matching = noted.filter(({ note }) => findIn(wordsOf(note, kept)).length > 0);
  if (matching.length === 0) return [];
  const inScope = isNarrowed(query.scope) ? await pageIdsInScope(library, query.scope) : undefined;
  const isWanted = await Promise.all(
    matching.map(async ({ id }) => {
      if (inScope) return inScope.has(id);
      return !(await isDeleted(library, id));
    }),
  );
  const wanted = matching.filter((_, index) => isWanted[index]);
  const holdsUnwanted = await Promise.all(
    wanted.map(({ id }) => query.excluded.length > 0 && pageHoldsExcluded(library, id, query.excluded)),
  );
  return wanted
    .filter((_, index) => !holdsUnwanted[index])
    .sort((one, other) => other.savedAt - one.savedAt)
    .map(({ id }) => id);
}
