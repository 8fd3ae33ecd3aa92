import type { RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type CaretToken, tokenAtCaret } from '../../../core/text/token-at-caret';
import { tCount } from '../../../view/translate';
import type { ComposerMenu, MenuItem } from './composer-menu';

interface MenuParts {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly change: (text: string) => void;
  readonly menus: readonly ComposerMenu[];
  /** Is called for an Enter that came before the menu, once it turns out that there is nothing to choose. */
  readonly ask: () => void;
}

/**
 * Opens a menu over the composer while a word is written that begins with the menu's character. The text area stays a text box of many lines,
 * which by ARIA no combobox is: the focus never leaves it, and it names the option that the arrows have come to.
 */
export function useComposerMenu({ input, text, change, menus, ask }: MenuParts) {
  const [token, setToken] = useState<CaretToken>();
  const [found, setFound] = useState<{ menu: ComposerMenu; sought: string; items: readonly MenuItem[] }>();
  const [active, setActive] = useState(0);
  const dismissedAt = useRef<number | undefined>(undefined);
  const caretAfter = useRef<number | undefined>(undefined);
  /** Enter was pressed while the word was still looked up. */
  const isEnterHeld = useRef(false);
  const listId = useId();
  const menu = token && menus.find(({ character, firstWordOnly }) => character === token.character && !(firstWordOnly && token.start > 0));
  const items = menu && found?.menu === menu ? found.items : [];
  const isOpen = items.length > 0;
  const current = items[active];

  const sought = token?.sought;
  // Before the next key: what is chosen then must be of the word as it stands.
  useLayoutEffect(() => {
    if (!menu || sought === undefined) return setFound(undefined);
    let isStale = false;
    const show = (matching: readonly MenuItem[]) => {
      if (isStale) return;
      setFound({ menu, sought, items: matching });
      setActive(0);
    };
    // What cannot be looked up is not offered; it can be written all the same.
    menu.search(sought).then(show, () => show([]));
    return () => {
      isStale = true;
    };
  }, [menu, sought]);

  useLayoutEffect(() => {
    const caret = caretAfter.current;
    caretAfter.current = undefined;
    if (caret !== undefined) input.current?.setSelectionRange(caret, caret);
  }, [text, input]);

  useEffect(() => {
    if (isOpen) document.getElementById(optionId(listId, active))?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, active, listId]);

  const look = () => {
    const area = input.current;
    if (!area) return;
    const isCaret = area.selectionStart === area.selectionEnd;
    const at = isCaret
      ? tokenAtCaret(
          area.value,
          area.selectionStart,
          menus.map(({ character }) => character),
        )
      : undefined;
    if (at?.start !== dismissedAt.current) dismissedAt.current = undefined;
    const next = at?.start === dismissedAt.current ? undefined : at;
    setToken((before) => (before && next && isSameToken(before, next) ? before : next));
  };
  const close = () => {
    isEnterHeld.current = false;
    setToken(undefined);
  };

  const choose = (item: MenuItem) => {
    if (!menu || !token) return;
    const { replacement = '' } = item;
    const rest = text.slice(token.end);
    caretAfter.current = token.start + replacement.length;
    close();
    dismissedAt.current = undefined;
    menu.choose?.(item);
    // One space between what is put in and what follows it.
    change(text.slice(0, token.start) + replacement + (replacement.endsWith(' ') ? rest.replace(/^ /, '') : rest));
  };

  const isWrittenOut = ({ replacement }: MenuItem) =>
    token && replacement?.trim() === token.character + token.sought && token.end === text.trimEnd().length;

  // What it chooses from is of the word as it stands.
  useLayoutEffect(() => {
    if (!isEnterHeld.current || found?.sought !== sought) return;
    isEnterHeld.current = false;
    if (current && !isWrittenOut(current)) choose(current);
    else ask();
  }, [found]);

  /** @returns whether the key was for the menu */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    isEnterHeld.current = false;
    if (!menu || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    const isLookedUp = found?.menu === menu && found.sought === sought;
    if (event.key === 'Enter' && !isLookedUp) {
      isEnterHeld.current = true;
      event.preventDefault();
      return true;
    }
    if (!isOpen || !current) return false;
    if (event.key === 'ArrowDown') setActive((active + 1) % items.length);
    else if (event.key === 'ArrowUp') setActive((active + items.length - 1) % items.length);
    else if (event.key === 'Tab' || event.key === 'Enter') {
      // They are of the word as it stood before.
      if (!isLookedUp) return false;
      // Enter asks then.
      if (event.key === 'Enter' && isWrittenOut(current)) return false;
      choose(current);
    } else if (event.key === 'Escape') {
      dismissedAt.current = token?.start;
      close();
      // The panel would stop the answer.
      event.stopPropagation();
    } else return false;
    event.preventDefault();
    return true;
  };

  return {
    onKeyDown,
    look,
    close,
    field: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': isOpen ? listId : undefined,
      'aria-activedescendant': isOpen ? optionId(listId, active) : undefined,
    },
    list: (
      <>
        {menu && isOpen && (
          <div id={listId} class="composer-menu" role="listbox" aria-label={menu.label}>
            {items.map((item, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard where the focus is, in the text area
              <div
                key={item.id}
                id={optionId(listId, index)}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                // The focus stays where the question is written.
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => setActive(index)}
                onClick={() => choose(item)}
              >
                <span class="composer-menu-label">{item.label}</span>
                {item.detail && <span class="soft small">{item.detail}</span>}
              </div>
            ))}
          </div>
        )}
        <p class="visually-hidden" role="status">
          {isOpen && tCount('menu_choices', items.length)}
        </p>
      </>
    ),
  } as const;
}

function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

function isSameToken(one: CaretToken, other: CaretToken): boolean {
  return one.character === other.character && one.sought === other.sought && one.start === other.start && one.end === other.end;
}
