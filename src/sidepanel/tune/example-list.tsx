import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ExampleFilter } from '../../protocol/example-requests';
import { t, tCount } from '../../view/translate';
import { useVirtualRows } from '../shared/use-virtual-rows';
import { ExampleRow, type ExampleRowProps } from './example-row';
import { ExampleSelectionBar } from './example-selection-bar';
import type { ExamplesState } from './examples-state';

/** A question, an answer, and a line about them. */
const usualRowPx = 84;

/** The examples that the filter leaves. Only the rows in sight are drawn and held. */
export function ExampleList({ examples }: { readonly examples: ExamplesState }) {
  const element = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number>();
  const ids = examples.ids.value ?? [];
  const rows = examples.rows.value;
  const selected = examples.selection.selected.value;
  const {
    rows: drawn,
    first,
    last,
    heightPx,
    measure,
  } = useVirtualRows({
    list: element,
    scroller: '.tune-rows',
    count: ids.length,
    keyOf: (index) => ids[index] ?? index,
    rowHeightPx: usualRowPx,
    kept: focused,
  });
  useEffect(() => void examples.show(first, last), [examples, first, last, ids, rows]);
  /** From box to box; with Shift, all between are chosen. */
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') examples.selection.selectAll();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const to = Number(target.closest('[data-index]')?.getAttribute('data-index')) + (event.key === 'ArrowDown' ? 1 : -1);
      const id = ids[to];
      if (id === undefined) return;
      element.current?.querySelector<HTMLInputElement>(`[data-index="${to}"] .row-check`)?.focus();
      if (event.shiftKey) examples.selection.toggle(id, true);
    } else return;
    event.preventDefault();
  };
  return (
    <section class="tune-part" aria-label={t('tune_list')}>
      <ListFilter examples={examples} />
      <p class="small soft" role="status">
        {tCount('tune_shown', ids.length)}
      </p>
      <ExampleSelectionBar examples={examples} />
      <div class="tune-rows">
        <ul
          ref={element}
          class="tune-list"
          aria-label={t('tune_list')}
          style={{ height: `${heightPx}px` }}
          onFocusIn={(event) => {
            const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
            if (row) setFocused(Number(row.getAttribute('data-index')));
          }}
          onFocusOut={() => setFocused(undefined)}
          onKeyDown={onKeyDown}
        >
          {drawn.map(({ key, index, topPx }) => {
            const id = ids[index];
            const stored = id && rows.get(id);
            return (
              <li
                key={key}
                ref={measure}
                data-index={index}
                aria-setsize={ids.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${topPx}px)` }}
              >
                {stored ? (
                  <ListedRow number={index + 1} stored={stored} isSelected={selected.has(id)} examples={examples} />
                ) : (
                  <div class="row-coming" style={{ height: `${usualRowPx}px` }} />
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

/** A row that is drawn anew only when what it shows is another, however often the list around it moves. */
function ListedRow({ number, stored, isSelected, examples }: ExampleRowProps) {
  return useMemo(
    () => <ExampleRow number={number} stored={stored} isSelected={isSelected} examples={examples} />,
    [number, stored, isSelected, examples],
  );
}

function ListFilter({ examples }: { readonly examples: ExamplesState }) {
  const { tag, split, text } = examples.filter.value;
  const known = examples.tags.value;
  // A tag that no example has any more can still be given up.
  const tags = tag === undefined || known.includes(tag) ? known : [tag, ...known];
  const narrow = (change: Partial<Record<keyof ExampleFilter, string>>) => {
    const entries = Object.entries({ text, tag, split, ...change }).filter(([, value]) => value);
    void examples.narrow(Object.fromEntries(entries) as ExampleFilter);
  };
  return (
    <search class="tune-filter">
      <input
        class="field"
        type="search"
        aria-label={t('tune_search')}
        placeholder={t('tune_search')}
        value={text ?? ''}
        maxLength={1_000}
        onInput={(event) => narrow({ text: event.currentTarget.value })}
      />
      {tags.length > 0 && (
        <select class="field" aria-label={t('tune_tag')} value={tag ?? ''} onChange={(event) => narrow({ tag: event.currentTarget.value })}>
          <option value="">{t('tune_all_tags')}</option>
          {tags.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      <select
        class="field"
        aria-label={t('tune_side')}
        value={split ?? ''}
        onChange={(event) => narrow({ split: event.currentTarget.value })}
      >
        <option value="">{t('tune_both_sides')}</option>
        <option value="train">{t('tuning_split_train')}</option>
        <option value="validation">{t('tuning_split_validation')}</option>
      </select>
    </search>
  );
}
