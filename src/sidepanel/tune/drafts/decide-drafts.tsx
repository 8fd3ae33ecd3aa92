import { ChevronLeft, ChevronRight, Undo2 } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../view/icon';
import { t, tCount } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { ProgressBar } from '../../shared/progress-bar';
import type { DecidingState } from './deciding-state';
import { DraftCard } from './draft-card';
import { DraftForm } from './draft-form';

/** One drafted pair after the other, with what it rests on, to be approved, edited or rejected: by buttons, or by keys while the focus is here. */
export function DecideDrafts({ deciding }: { readonly deciding: DecidingState }) {
  const section = useRef<HTMLElement>(null);
  const drafts = deciding.drafts.value;
  const draft = deciding.draft.value;
  const decided = deciding.decided.value;
  const isEditing = draft !== undefined && deciding.editing.value === draft.id;
  useEffect(() => {
    // What was pressed may be gone: the next key must find the screen.
    if (!isEditing && !section.current?.contains(document.activeElement)) section.current?.focus();
  }, [draft?.id, isEditing]);
  const words = t('drafts_progress', decided, drafts.length);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || isTyped(event.target)) return;
    const key = event.key.toLowerCase();
    const isUndo = key === 'z' && (event.ctrlKey || event.metaKey);
    if (!isUndo && (event.ctrlKey || event.metaKey || event.repeat)) return;
    if (isUndo || key === 'u') void deciding.undo();
    else if (key === 'a') void deciding.approve();
    else if (key === 'e') deciding.edit(true);
    else if (key === 'r') void deciding.reject();
    else if (key === 'arrowright') deciding.step(1);
    else if (key === 'arrowleft') deciding.step(-1);
    else return;
    event.preventDefault();
  };
  const problem = deciding.problem.value;
  return (
    <section ref={section} class="tune-view decide-drafts" aria-label={t('drafts_deciding')} tabIndex={-1} onKeyDown={onKeyDown}>
      <div class="decide-head">
        <button type="button" class="icon-button" title={t('back')} aria-label={t('back')} onClick={() => void deciding.close()}>
          <Icon node={ChevronLeft} />
        </button>
        <h3>{t('drafts_deciding')}</h3>
        <span class="soft small" role="status">
          {words}
        </span>
      </div>
      <ProgressBar label={words} percent={drafts.length === 0 ? 0 : Math.round((100 * decided) / drafts.length)} />
      {problem && <ProblemNotice problem={problem} />}
      {drafts.length === 0 && <p class="soft">{t('drafts_none')}</p>}
      {draft && (isEditing ? <DraftForm draft={draft} deciding={deciding} /> : <DraftCard draft={draft} deciding={deciding} />)}
      <div class="actions">
        <button
          type="button"
          class="icon-button"
          title={t('drafts_previous')}
          aria-label={t('drafts_previous')}
          aria-keyshortcuts="ArrowLeft"
          disabled={deciding.place.value <= 0}
          onClick={() => deciding.step(-1)}
        >
          <Icon node={ChevronLeft} />
        </button>
        <span class="soft small">{t('drafts_place', deciding.place.value + 1, drafts.length)}</span>
        <button
          type="button"
          class="icon-button"
          title={t('drafts_next')}
          aria-label={t('drafts_next')}
          aria-keyshortcuts="ArrowRight"
          disabled={deciding.place.value >= drafts.length - 1}
          onClick={() => deciding.step(1)}
        >
          <Icon node={ChevronRight} />
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-keyshortcuts="U"
          disabled={decided === 0 || deciding.isBusy.value}
          onClick={() => void deciding.undo()}
        >
          <Icon node={Undo2} />
          {t('drafts_undo')}
        </button>
      </div>
      <TheRest deciding={deciding} />
    </section>
  );
}

/** All that is left at once: what the page bears out; what is doubtful wants a look of its own. */
function TheRest({ deciding }: { readonly deciding: DecidingState }) {
  const left = deciding.left.value;
  const sound = left.filter(({ isDoubtful }) => !isDoubtful);
  const doubtful = left.length - sound.length;
  if (left.length === 0) {
    return deciding.drafts.value.length === 0 ? null : (
      <div class="actions">
        <p role="status">{t('drafts_all_decided', deciding.drafts.value.filter(({ decision }) => decision === 'approved').length)}</p>
        <button type="button" class="button primary" onClick={() => void deciding.close()}>
          {t('done')}
        </button>
      </div>
    );
  }
  const all = (kind: 'approve' | 'reject', of: typeof left) =>
    void deciding.decideAll(
      kind,
      of.map(({ id }) => id),
    );
  return (
    <div class="tune-part">
      <div class="actions">
        {sound.length > 0 && (
          <button type="button" class="button small" disabled={deciding.isBusy.value} onClick={() => all('approve', sound)}>
            {tCount('drafts_approve_rest', sound.length)}
          </button>
        )}
        <button type="button" class="button quiet small" disabled={deciding.isBusy.value} onClick={() => all('reject', left)}>
          {tCount('drafts_reject_rest', left.length)}
        </button>
      </div>
      {doubtful > 0 && sound.length > 0 && <p class="small soft">{tCount('drafts_rest_doubtful', doubtful)}</p>}
    </div>
  );
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
