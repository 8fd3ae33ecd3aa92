import { defaultRangeExtractor, elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';

interface VirtualRowsOptions {
  readonly list: RefObject<HTMLElement | null>;
  /** The element around the list that scrolls. */
  readonly scroller: string;
  readonly count: number;
  /** Tells rows apart however they move. */
  readonly keyOf: (index: number) => string | number;
  /** About how high a row is before it is measured, in pixels. */
  readonly rowHeightPx: number;
  /** A row that stays drawn out of sight, because it has the focus. */
  readonly kept: number | undefined;
}

/** Rows drawn beyond those in sight, on both sides. */
const overscan = 8;

/** Draws of a long list only the rows in sight: where each is, and how high all of them are. Rows are measured when they are drawn. */
export function useVirtualRows({ list, scroller, count, keyOf, rowHeightPx, kept }: VirtualRowsOptions) {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const [scrollMargin, setScrollMargin] = useState(0);
  const rows = useRef<Virtualizer<HTMLElement, HTMLElement> | undefined>(undefined);
  const options = {
    count,
    overscan,
    scrollMargin,
    getScrollElement: () => list.current?.closest<HTMLElement>(scroller) ?? null,
    estimateSize: () => rowHeightPx,
    getItemKey: keyOf,
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const inSight = defaultRangeExtractor(range);
      return kept === undefined || kept >= count || inSight.includes(kept) ? inSight : [...inSight, kept].sort((a, b) => a - b);
    },
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(null),
  };
  rows.current ??= new Virtualizer(options);
  const virtualizer = rows.current;
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => {
    virtualizer._willUpdate();
    // Asking where the list stands has the page laid out there and then. When the scrolling ends, it is drawn once more.
    if (virtualizer.isScrolling) return;
    const around = list.current?.closest(scroller);
    if (!list.current || !around) return;
    // What stands above the list grows and shrinks.
    setScrollMargin(Math.round(list.current.getBoundingClientRect().top - around.getBoundingClientRect().top + around.scrollTop));
  });
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  return {
    /** Those drawn, the one that is kept among them. */
    rows: virtualizer.getVirtualItems().map((row) => ({ key: row.key, index: row.index, topPx: row.start - scrollMargin })),
    /** Of those drawn in a row. */
    first: Math.max(0, startIndex - overscan),
    last: Math.min(Math.max(0, count - 1), endIndex + overscan),
    heightPx: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    scrollTo: (index: number) => virtualizer.scrollToIndex(index),
  };
}
