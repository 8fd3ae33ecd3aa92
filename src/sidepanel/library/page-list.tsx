import { useEffect, useRef, useState } from 'preact/hooks';
import type { Client } from '../client';
import type { LibraryState } from '../state/library-state';
import { PageRow } from './page-row';

interface PageListProps {
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
}

/** Enough to fill a tall panel twice; more are added when the end of the list comes near. */
const rowsAtATime = 50;

/** Everything saved, the newest first. */
export function PageList({ client, library }: PageListProps) {
  const pages = library.overview.value?.pages ?? [];
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
  return (
    <>
      <ul class="pages">
        {pages.slice(0, rowCount).map((page) => (
          <PageRow key={page.id} found={{ page, titleHighlights: [] }} client={client} library={library} />
        ))}
      </ul>
      <div ref={end} />
    </>
  );
}
