import type { Ref } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../../view/translate';
import type { FindState } from '../state/find-state';
import { SearchHelp } from './search-help';

interface SearchBoxProps {
  readonly find: FindState;
  readonly input: Ref<HTMLInputElement>;
  /** Enter was pressed: the best of what is found is wanted. */
  readonly onOpenFirst: () => void;
}

export function SearchBox({ find, input, onOpenFirst }: SearchBoxProps) {
  const hintId = useId();
  return (
    <search class="search-box">
      <input
        ref={input}
        class="field"
        type="search"
        aria-label={t('search_pages')}
        aria-describedby={hintId}
        placeholder={t('search_pages')}
        maxLength={10_000}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        // The signal itself: a letter then changes the field and draws nothing else.
        value={find.text}
        onInput={(event) => void find.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) onOpenFirst();
        }}
      />
      <p id={hintId} class="visually-hidden">
        {t('search_keys')}
      </p>
      <details class="small">
        <summary class="soft">{t('how_to_search')}</summary>
        <SearchHelp />
      </details>
    </search>
  );
}
