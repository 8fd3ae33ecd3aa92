import { ChevronLeft, ChevronRight, Columns2 } from 'lucide';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import type { ConversationState } from '../../state/conversation-state';
import type { BranchPlace } from '../../state/exchange';

interface BranchPagerProps {
  readonly place: BranchPlace;
  /** What there are several of. */
  readonly kind: 'question' | 'answer';
  readonly state: Pick<ConversationState, 'show' | 'compare' | 'answering'>;
}

/** Where a conversation branches: which of the branches this is, and the ways to those beside it. */
export function BranchPager({ place: { id, alternatives }, kind, state }: BranchPagerProps) {
  if (alternatives.length < 2) return null;
  const index = alternatives.indexOf(id);
  const [previous, next] = [alternatives[index - 1], alternatives[index + 1]];
  // The older on the left, as they are counted.
  const pair = previous ? ([previous, id] as const) : next && ([id, next] as const);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <span class="branch-pager" role="group" aria-label={t(kind === 'question' ? 'question_versions' : 'answer_versions')}>
      <PagerButton icon={ChevronLeft} name={t('previous_branch')} onGo={previous && (() => state.show(previous))} state={state} />
      <span class="small" role="status">
        <span class="visually-hidden">{t('branch_of', index + 1, alternatives.length)}</span>
        <span aria-hidden="true">
          {index + 1} / {alternatives.length}
        </span>
      </span>
      <PagerButton icon={ChevronRight} name={t('next_branch')} onGo={next && (() => state.show(next))} state={state} />
      <PagerButton icon={Columns2} name={t('compare_branches')} onGo={pair && (() => state.compare(pair))} state={state} />
    </span>
  );
}

interface PagerButtonProps extends Pick<BranchPagerProps, 'state'> {
  readonly icon: typeof ChevronLeft;
  readonly name: string;
  readonly onGo: (() => void) | undefined;
}

/** Keeps the focus at the first and the last, where there is no further way: so it is not disabled but says that it is. */
function PagerButton({ icon, name, onGo, state }: PagerButtonProps) {
  const isOff = onGo === undefined || state.answering.value;
  return (
    <button
      type="button"
      class="icon-button small"
      title={name}
      aria-label={name}
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) onGo();
      }}
    >
      <Icon node={icon} />
    </button>
  );
}
