import { Check, ChevronLeft } from 'lucide';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { newestOnly } from '../../core/newest-only';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';

export interface PickerChoice {
  readonly key: string;
  readonly words: string;
  readonly note?: string;
  readonly isChosen?: boolean;
}

interface PickerProps<Choice extends PickerChoice> {
  readonly heading: string;
  readonly label: string;
  /** Said when there is nothing to choose from. */
  readonly nothing: string;
  readonly find: (text: string) => Promise<readonly Choice[]>;
  readonly onChoose: (choice: Choice) => void;
  readonly onBack: () => void;
  /** For a list of which several may be chosen: it ends when the person says so. */
  readonly onDone?: () => void;
  /** What else the choices depend on: they are looked up anew when it changes. */
  readonly chosen?: unknown;
}

/** A box to type in and what it leaves to choose from, by pointer or arrows. */
export function Picker<Choice extends PickerChoice>({
  heading,
  label,
  nothing,
  find,
  onChoose,
  onBack,
  onDone,
  chosen,
}: PickerProps<Choice>) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ readonly text: string; readonly choices: readonly Choice[] } | undefined>();
  const [place, setPlace] = useState(0);
  /** Enter was pressed while what is typed was still looked up. */
  const isEnterHeld = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const listId = useId();
  const latest = useRef(find);
  latest.current = find;
  const look = useMemo(
    () =>
      newestOnly(async (sought: string) => {
        // What went wrong is said above all views; here there is nothing to choose from.
        setFound({ text: sought, choices: await latest.current(sought).catch(() => []) });
      }),
    [],
  );
  useLayoutEffect(() => input.current?.focus(), []);
  useEffect(() => void look(text), [look, text, chosen]);
  const choices = found?.choices;
  const isLookedUp = found?.text === text;
  const active = Math.min(place, (choices?.length ?? 0) - 1);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);
  useLayoutEffect(() => {
    if (!isEnterHeld.current || !isLookedUp) return;
    isEnterHeld.current = false;
    const [best] = found.choices;
    if (best) onChoose(best);
  }, [found]);
  const onKeyDown = (event: KeyboardEvent) => {
    isEnterHeld.current = false;
    const count = choices?.length ?? 0;
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && count > 0) setPlace((active + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) setPlace((active - 1 + count) % count);
    else if (event.key === 'Enter' && !isLookedUp) isEnterHeld.current = true;
    else if (event.key === 'Enter') {
      const choice = choices?.[active];
      if (choice) onChoose(choice);
    } else return;
    event.preventDefault();
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <div class="scope-picker">
      <div class="scope-picker-head">
        <button type="button" class="icon-button" title={t('back')} aria-label={t('back')} onClick={onBack}>
          <Icon node={ChevronLeft} />
        </button>
        <h3>{heading}</h3>
        {onDone && (
          <button type="button" class="button" onClick={onDone}>
            {t('done')}
          </button>
        )}
      </div>
      <input
        ref={input}
        class="field"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={true}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={choices?.[active] ? optionId(active) : undefined}
        placeholder={label}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        maxLength={1_000}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          isEnterHeld.current = false;
        }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options, worked from the box above */}
      <ul id={listId} class="scope-choices" role="listbox" aria-label={heading} aria-multiselectable={onDone ? true : undefined} ref={list}>
        {choices?.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the focus and hears the keys
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <li
            key={choice.key}
            id={optionId(index)}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above
            role="option"
            class={index === active ? 'scope-choice active' : 'scope-choice'}
            aria-selected={choice.isChosen ?? false}
            onClick={() => onChoose(choice)}
          >
            <span class="scope-kind-words">
              <span dir="auto">{choice.words}</span>
              {choice.note && <span class="soft small">{choice.note}</span>}
            </span>
            {choice.isChosen && <Icon node={Check} />}
          </li>
        ))}
      </ul>
      {choices?.length === 0 && (
        <p class="soft small scope-nothing" role="status">
          {nothing}
        </p>
      )}
    </div>
  );
}
