import { useRef } from 'preact/hooks';
import type { PageId } from '../../core/pages/page';
import type { LibraryOverview } from '../../protocol/worker-requests';
import { t, tCount } from '../../view/translate';
import type { Client } from '../client';
import type { LibraryState } from '../state/library-state';
import { ListControls } from './list-controls';
import { openFound } from './open-found';
import { PageList } from './page-list';
import { resultKeys } from './result-keys';
import { SearchBox } from './search-box';
import { SearchResults } from './search-results';
import { SelectionBar } from './selection-bar';

interface SavedPagesProps {
  readonly overview: LibraryOverview;
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
  readonly onAsk: (pageIds: readonly PageId[]) => void;
  readonly onDraft: (pageIds: readonly PageId[]) => void;
}

/** The saved pages: those that are looked for, or all of them. */
export function SavedPages({ overview, client, library, onAsk, onDraft }: SavedPagesProps) {
  const { find, list } = library;
  const section = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const onKeyDown = resultKeys(section, input, () => void find.type(''), find.rest);
  const openFirst = async () => {
    // What is on the screen may be for fewer letters than were typed.
    await find.again();
    const first = find.found.value?.pages[0];
    if (first) openFound(client, first);
  };
  return (
    <section ref={section} aria-labelledby="pages-heading" onKeyDown={onKeyDown}>
      <h3 id="pages-heading" class="pages-heading">
        {tCount('pages', overview.pages)}
      </h3>
      <SearchBox find={find} input={input} onOpenFirst={() => void openFirst()} />
      <ListControls library={library} />
      <SelectionBar library={library} onAsk={onAsk} onDraft={onDraft} />
      {find.isLooking.value ? (
        <SearchResults client={client} library={library} onAsk={onAsk} />
      ) : (
        <>
          {list.isFiltered.value && list.held.value && (
            <p class="soft small search-count" role="status">
              {list.held.value.total === 0 ? t('nothing_filtered') : tCount('pages_found', list.held.value.total)}
            </p>
          )}
          <PageList client={client} library={library} onAsk={onAsk} />
        </>
      )}
    </section>
  );
}
