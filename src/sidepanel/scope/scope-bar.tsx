import { ChevronUp } from 'lucide';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../view/icon';
import { t, tCount } from '../../view/translate';
import { isAltLetter } from '../shared/is-alt-letter';
import { useCloseOutside } from '../shared/use-close-outside';
import type { AssistantsState } from '../state/assistants-state';
import type { LibraryState } from '../state/library-state';
import type { ScopeState } from '../state/scope-state';
import type { TabState } from '../state/tab-state';
import { ScopeChips } from './scope-chips';
import { scopeIcon } from './scope-icon';
import { scopeLabel } from './scope-label';
import { ScopeMenu } from './scope-menu';
import { ScopeNotice } from './scope-notice';

interface ScopeBarProps {
  readonly scope: ScopeState;
  readonly tab: TabState;
  readonly library: LibraryState;
  readonly assistants: Pick<AssistantsState, 'chosen'>;
  readonly onSaveTabs: () => void;
  /** Where the question is written: it is gone to when a choice is made. */
  readonly input: RefObject<HTMLTextAreaElement | null>;
  /** What else is chosen for a question, on the same line. */
  readonly children?: ComponentChildren;
}

/** Of what says what is asked. */
export const askedOfId = 'asked-of';

/** Says what is asked, and changes it. */
export function ScopeBar({ scope, tab, library, assistants, onSaveTabs, input, children }: ScopeBarProps) {
  const [isOpen, setOpen] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isAltLetter(event, 'S')) return;
      event.preventDefault();
      // What has the focus goes with the menu.
      if (isOpen) opener.current?.focus();
      setOpen(!isOpen);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen]);
  useCloseOutside(bar, isOpen, () => setOpen(false));
  const chosen = scope.chosen.value;
  const description = scope.description.value;
  const assistant = assistants.chosen.value;
  const mayBeOwn = assistant?.knowledge ? assistant.knowledge === 'pages-and-model' : scope.mayBeOwn.value;
  // Its words say how many pages there are.
  const isCounted = chosen.kind === 'library' && chosen.scope.pageIds !== undefined && description?.pages === chosen.scope.pageIds.length;
  return (
    <div class="scope-bar" ref={bar}>
      <div class="scope-line">
        <button
          id={askedOfId}
          type="button"
          class="scope-opener"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+S"
          title={t('scope_hint')}
          ref={opener}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon node={scopeIcon(chosen)} />
          <span class="visually-hidden">{t('asked_of')}</span>
          <span class="scope-words">
            <span class="scope-label" dir="auto">
              {scopeLabel(chosen, description?.named)}
            </span>
            {description && !isCounted && <span class="soft scope-count">{tCount('pages', description.pages)}</span>}
            {mayBeOwn && <span class="soft scope-besides">{t('and_own_knowledge')}</span>}
          </span>
          <Icon node={ChevronUp} />
        </button>
        {children}
      </div>
      <ScopeChips scope={scope} onRemove={() => input.current?.focus()} />
      <ScopeNotice scope={scope} tab={tab} library={library} assistant={assistant} onSaveTabs={onSaveTabs} />
      {isOpen && (
        <ScopeMenu
          scope={scope}
          tab={tab}
          library={library}
          mayBeOwn={mayBeOwn}
          decidedBy={assistant?.knowledge && assistant.name}
          onDone={() => {
            setOpen(false);
            input.current?.focus();
          }}
          onCancel={() => {
            setOpen(false);
            opener.current?.focus();
          }}
        />
      )}
    </div>
  );
}
