import { useEffect, useRef } from 'preact/hooks';
import type { PageId } from '../../core/pages/page';
import { t, tCount } from '../../view/translate';
import type { Client } from '../client';
import { ProblemNotice } from '../shared/problem-notice';
import type { LibraryState } from '../state/library-state';
import { PageRow } from './page-row';

interface SearchResultsProps {
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
  readonly onAsk: (pageIds: readonly PageId[]) => void;
}

/** In a panel of the usual width. */
const usualRowPx = 165;

/** What was found for the words in the search box. */
export function SearchResults({ client, library, onAsk }: SearchResultsProps) {
  const { found, problem, again } = library.find;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // Rows may be lower than was reckoned with: those of pages found by their titles are. Asked after they were laid out.
    const { bottom = Number.POSITIVE_INFINITY } = list.current?.lastElementChild?.getBoundingClientRect() ?? {};
    if (bottom < innerHeight) void library.find.rest();
  }, [library, found.value]);
  const { pages = [], pagesToCome = 0, hasMore = false, newestLookedAt, passagesNotSearched } = found.value ?? {};
  const nothing = found.value && pages.length === 0;
  const total = pages.length + pagesToCome;
  const count = hasMore ? t('best_pages', total) : tCount('pages_found', total);
  return (
    <>
      <p class="soft small search-count" role="status">
        {nothing ? t('nothing_matches') : found.value && count}
      </p>
      {newestLookedAt !== undefined && <p class="small">{tCount('newest_looked_at', newestLookedAt)}</p>}
      {passagesNotSearched !== undefined && <p class="small">{t('index_incomplete')}</p>}
      {problem.value && (
        <ProblemNotice problem={problem.value}>
          <button type="button" class="button" onClick={() => void again()}>
            {t('try_again')}
          </button>
        </ProblemNotice>
      )}
      {pages.length > 0 && (
        // Room for those to come, so that the scroll bar stays as it is.
        <ul ref={list} class="pages found" aria-label={t('pages_that_match')} style={{ paddingBlockEnd: `${pagesToCome * usualRowPx}px` }}>
          {pages.map((page) => (
            <li key={page.page.id}>
              <PageRow found={page} client={client} library={library} onAsk={onAsk} />
            </li>
          ))}
        </ul>
      )}
      {nothing && <p class="soft small">{t('nothing_matches_next')}</p>}
    </>
  );
}
