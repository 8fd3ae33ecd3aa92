import type { PageId } from '../../core/pages/page';
import { noteMatcher } from '../../core/search/matches-note';
import { isNarrowed } from '../../core/search/matches-scope';
import type { ParsedQuery } from '../../core/search/parse-query';
import { pageHoldsExcluded } from '../../storage/lexical/holds-excluded';
import { isDeleted } from '../../storage/pages/deletions';
import { pageIdsInScope } from '../../storage/pages/passages-in-scope';
import { perLibrary } from '../../storage/per-library';
import type { Library } from '../../storage/schema';
import { NoteWords } from './note-words';

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
  readonly words: NoteWords;
}

const keptOf = perLibrary((): Kept => ({ revision: -1, noted: [], words: new NoteWords() }));

async function readNoted(library: Library, revision: number): Promise<readonly NotedPage[]> {
  const kept = keptOf(library);
  if (kept.revision === revision) return kept.noted;
  const pages = await library.getAllFromIndex('pages', 'byNote');
  const noted = pages.map(({ id, note = '', savedAt }) => ({ id, note, savedAt }));
  const characters = noted.reduce((sum, { note }) => sum + note.length, 0);
  kept.words.keepOnly(new Set(noted.map(({ note }) => note)));
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
  const { words } = keptOf(library);
  const matching = noted.filter(({ note }) => findIn(words.of(note)).length > 0);
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
