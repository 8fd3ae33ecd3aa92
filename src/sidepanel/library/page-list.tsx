import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageId } from '../../core/pages/page';
import type { ListedPage } from '../../protocol/worker-requests';
import { t } from '../../view/translate';
import type { Client } from '../client';
import { useVirtualRows } from '../shared/use-virtual-rows';
import type { LibraryState } from '../state/library-state';
import { PageRow } from './page-row';

interface PageListProps {
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
  readonly onAsk: (pageIds: readonly PageId[]) => void;
}

/** A title, and a line under it. */
const usualRowPx = 58;

/** The saved pages that the filter leaves, in the order chosen. Only the rows in sight are drawn and held. */
export function PageList({ client, library, onAsk }: PageListProps) {
  const { list } = library;
  const element = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number>();
  const wanted = useRef<number | undefined>(undefined);
  const total = list.held.value?.total ?? 0;
  const { rows, first, last, heightPx, measure, scrollTo } = useVirtualRows({
    list: element,
    scroller: '.library-view',
    count: total,
    keyOf: (index) => list.rowAt(index)?.page.id ?? index,
    rowHeightPx: usualRowPx,
    kept: focused,
  });
  useEffect(() => void list.show({ first, last, focused }), [list, first, last, focused, total]);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const title = element.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] .page-title`);
    if (title) wanted.current = undefined;
    title?.focus();
  });
  const focusRow = (index: number) => {
    if (total === 0) return;
    const row = Math.max(0, Math.min(total - 1, index));
    wanted.current = row;
    setFocused(row);
    scrollTo(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element && event.target.matches('.page-title') ? focused : undefined;
    const listed = row === undefined ? undefined : list.rowAt(row);
    if (row === undefined || !listed || event.altKey || event.ctrlKey || event.metaKey) return;
    const { id } = listed.page;
    const actions: Record<string, () => void> = {
      ArrowDown: () => focusRow(row + 1),
      ArrowUp: () => focusRow(row - 1),
      Home: () => focusRow(0),
      End: () => focusRow(total - 1),
      ' ': () => list.toggle(id),
      Delete() {
        const { selected } = list;
        // The next page takes this one's place.
        void library.deletePages(selected.value.has(id) ? [...selected.value] : [id]).then(() => focusRow(row));
      },
    };
    // From the first row up lies the search box.
    if (event.key === 'ArrowUp' && row === 0) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <>
      <p id="list-keys" class="visually-hidden">
        {t('list_keys')}
      </p>
      <ul
        ref={element}
        class="pages listed"
        aria-label={t('saved_pages')}
        aria-describedby="list-keys"
        style={{ height: `${heightPx}px` }}
        onKeyDown={onKeyDown}
        // A button is pressed when the bar is let go.
        onKeyUp={(event) => {
          if (event.key === ' ' && event.target instanceof Element && event.target.matches('.page-title')) event.preventDefault();
        }}
        onFocusIn={(event) => {
          const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
          if (row) setFocused(Number(row.getAttribute('data-index')));
        }}
        onFocusOut={() => {
          if (wanted.current === undefined) setFocused(undefined);
        }}
      >
        {rows.map(({ key, index, topPx }) => {
          const listed = list.rowAt(index);
          return (
            <li
              key={key}
              ref={measure}
              data-index={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${topPx}px)` }}
            >
              {listed ? (
                <ListedRow listed={listed} client={client} library={library} onAsk={onAsk} />
              ) : (
                <div class="row-coming" style={{ height: `${usualRowPx}px` }} />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface ListedRowProps extends PageListProps {
  readonly listed: ListedPage;
}

/** A row that is drawn anew only when what it shows is another, however often the list around it moves. */
function ListedRow({ listed, client, library, onAsk }: ListedRowProps) {
  return useMemo(
    () => (
      <PageRow
        found={{ page: listed.page, titleHighlights: [] }}
        problem={listed.problem}
        client={client}
        library={library}
        onAsk={onAsk}
      />
    ),
    [listed, client, library, onAsk],
  );
}
