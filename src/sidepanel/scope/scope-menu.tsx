import { Check } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type ChosenScope, scopeParts, wholeLibrary, withSite } from '../../core/search/chosen-scope';
import { Icon } from '../../view/icon';
import { type MessageKey, t, tCount } from '../../view/translate';
import type { LibraryState } from '../state/library-state';
import type { ScopeState } from '../state/scope-state';
import type { TabState } from '../state/tab-state';
import { PagePicker, SitePicker, TagPicker } from './pickers';
import { scopeIcons } from './scope-icon';
import { scopeLabel } from './scope-label';
import { TimeSpan } from './time-span';

interface ScopeMenuProps {
  readonly scope: ScopeState;
  readonly tab: TabState;
  readonly library: LibraryState;
  readonly mayBeOwn: boolean;
  /** The assistant that has the say about it; nothing when the person has. */
  readonly decidedBy: string | undefined;
  /** A choice was made. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

type Kind = keyof typeof scopeIcons;
type Step = Extract<Kind, 'site' | 'tag' | 'pages' | 'time'>;

const kinds = ['library', 'page', 'tabs', 'site', 'tag', 'pages', 'time'] as const satisfies readonly Kind[];
const words = {
  library: 'whole_library',
  page: 'this_page',
  tabs: 'open_tabs',
  site: 'choose_site',
  tag: 'choose_tag',
  pages: 'choose_pages',
  time: 'choose_time',
} as const satisfies Record<Kind, MessageKey>;

/** What can be asked; what needs a choice of its own stands in the place of the list while that is made. */
export function ScopeMenu({ scope, tab, library, mayBeOwn, decidedBy, onDone, onCancel }: ScopeMenuProps) {
  const [step, setStep] = useState<Step | undefined>();
  const [cameFrom, setCameFrom] = useState<Step | undefined>();
  const back = () => {
    setCameFrom(step);
    setStep(undefined);
  };
  const choose = (chosen: ChosenScope) => {
    scope.choose(chosen);
    onDone();
  };
  return (
    <div
      class="scope-menu"
      role="dialog"
      aria-label={t('scope_menu')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        if (step) back();
        else onCancel();
      }}
    >
      {step === undefined && (
        <Kinds
          scope={scope}
          tab={tab}
          library={library}
          focused={cameFrom}
          onChoose={(kind) => {
            if (kind === 'library') choose(wholeLibrary);
            else if (kind === 'page' || kind === 'tabs') choose({ kind });
            else setStep(kind);
          }}
        />
      )}
      {step === undefined && (
        <label class="scope-own">
          <input
            type="checkbox"
            checked={mayBeOwn}
            disabled={decidedBy !== undefined}
            onChange={(event) => scope.allowOwn(event.currentTarget.checked)}
          />
          <span class="scope-kind-words">
            <span>{t('may_be_own')}</span>
            <span class="soft small">{decidedBy === undefined ? t('may_be_own_note') : t('assistant_decides', decidedBy)}</span>
          </span>
        </label>
      )}
      {step === 'site' && <SitePicker scope={scope} onChoose={(site) => choose(withSite(scope.chosen.value, site))} onBack={back} />}
      {step === 'tag' && <TagPicker scope={scope} onDone={onDone} onBack={back} />}
      {step === 'pages' && <PagePicker scope={scope} onDone={onDone} onBack={back} />}
      {step === 'time' && <TimeSpan scope={scope} onChoose={choose} onBack={back} />}
    </div>
  );
}

interface KindsProps extends Pick<ScopeMenuProps, 'scope' | 'tab' | 'library'> {
  /** Where the keyboard goes; else to what is chosen. */
  readonly focused: Kind | undefined;
  readonly onChoose: (kind: Kind) => void;
}

function Kinds({ scope, tab, library, focused, onChoose }: KindsProps) {
  const list = useRef<HTMLUListElement>(null);
  const current = kindsOf(scope.chosen.value);
  const entry = focused ?? current[0];
  // Before the next key, which must find the focus in the menu.
  useLayoutEffect(() => list.current?.querySelector<HTMLElement>(`[data-kind="${entry}"]`)?.focus(), [entry]);
  return (
    <ul
      class="scope-kinds"
      ref={list}
      onKeyDown={(event) => {
        const to = targetOf(event.key, [...event.currentTarget.querySelectorAll('button')]);
        if (!to) return;
        event.preventDefault();
        to.focus();
      }}
    >
      {kinds.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            class="scope-kind"
            data-kind={kind}
            aria-current={current.includes(kind) ? 'true' : undefined}
            onClick={() => onChoose(kind)}
          >
            <Icon node={scopeIcons[kind]} />
            <span class="scope-kind-words">
              <span>{t(words[kind])}</span>
              <KindNote kind={kind} scope={scope} tab={tab} library={library} />
            </span>
            {current.includes(kind) && <Icon node={Check} />}
          </button>
        </li>
      ))}
    </ul>
  );
}

function KindNote({ kind, scope, tab, library }: Pick<KindsProps, 'scope' | 'tab' | 'library'> & { readonly kind: Kind }) {
  const pages = library.overview.value?.pages;
  if (kind === 'library') return pages === undefined ? null : <span class="soft small">{tCount('pages', pages)}</span>;
  const words = kind === 'page' ? (tab.status.value?.title ?? tab.status.value?.saved?.title) : partLabel(kind, scope);
  return words ? (
    <span class="soft small" dir="auto">
      {words}
    </span>
  ) : null;
}

/** What is chosen of a kind that narrows, in the words of the control. */
function partLabel(kind: Kind, { chosen: { value: chosen }, description }: ScopeState): string {
  if (chosen.kind !== 'library') return '';
  const { pageIds, sites, tags, after, before } = chosen.scope;
  const part = {
    ...(kind === 'pages' && pageIds ? { pageIds } : {}),
    ...(kind === 'site' && sites ? { sites } : {}),
    ...(kind === 'tag' && tags ? { tags } : {}),
    ...(kind === 'time' && after !== undefined ? { after } : {}),
    ...(kind === 'time' && before !== undefined ? { before } : {}),
  };
  return scopeParts(part).length > 0 ? scopeLabel({ kind: 'library', scope: part }, description.value?.named) : '';
}

function targetOf(key: string, buttons: readonly HTMLButtonElement[]): HTMLButtonElement | undefined {
  const focused = document.activeElement;
  const at = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
  switch (key) {
    case 'ArrowDown':
      return buttons[(at + 1) % buttons.length];
    case 'ArrowUp':
      return buttons.at(at - 1);
    case 'Home':
      return buttons[0];
    case 'End':
      return buttons.at(-1);
    default:
      return undefined;
  }
}

function kindsOf(chosen: ChosenScope): readonly Kind[] {
  if (chosen.kind !== 'library') return [chosen.kind];
  const parts = scopeParts(chosen.scope);
  return parts.length > 0 ? parts : ['library'];
}
