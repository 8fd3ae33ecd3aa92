import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../view/translate';
import type { Client } from '../client';
import type { LibraryState } from '../state/library-state';
import { PageRow } from './page-row';

interface PageListProps {
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
}

/** Enough to fill a tall panel twice; more are added when the end of the list comes near. */
const rowsAtATime = 50;

export function PageList({ client, library }: PageListProps) {
  const pages = library.shownPages.value;
  const [rowCount, setRowCount] = useState(rowsAtATime);
  const end = useRef<HTMLDivElement>(null);
  const hasMore = rowCount < pages.length;
  useEffect(() => {
    if (!hasMore || !end.current) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setRowCount((count) => count + rowsAtATime);
      },
      { rootMargin: '600px' },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [hasMore, rowCount]);
  if (pages.length === 0) return <p class="soft no-match">{t('no_page_matches')}</p>;
  return (
    <>
      <ul class="pages">
        {pages.slice(0, rowCount).map((page) => (
          <PageRow
            key={page.id}
            page={page}
            onOpenLive={() => client.openAddress(page.url)}
            onOpenSaved={() => client.openSavedCopy({ pageId: page.id })}
            onDelete={() => void library.deletePage(page.id)}
          />
        ))}
      </ul>
      <div ref={end} />
    </>
  );
}
