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

/** What was found for the words in the search box. */
export function SearchResults({ client, library, onAsk }: SearchResultsProps) {
  const { found, problem, again } = library.find;
  const { pages = [], hasMore = false, newestLookedAt, passagesNotSearched } = found.value ?? {};
  const nothing = found.value && pages.length === 0;
  const count = hasMore ? t('best_pages', pages.length) : tCount('pages_found', pages.length);
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
        <ul class="pages found" aria-label={t('pages_that_match')}>
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
