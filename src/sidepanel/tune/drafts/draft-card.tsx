import { useMemo } from 'preact/hooks';
import { plainText } from '../../../core/text/plain-text';
import { type ExampleDraft, isDoubtful } from '../../../core/tuning/drafts/example-draft';
import { questionOf, systemPromptOf } from '../../../core/tuning/example';
import { formatDate } from '../../../view/format-date';
import { t } from '../../../view/translate';
import { QuotedText } from '../../ask/answer/quotation';
import type { DecidingState } from './deciding-state';

interface DraftCardProps {
  readonly draft: ExampleDraft;
  readonly deciding: DecidingState;
}

/** A pair as the model wrote it, and the passages of its page. */
export function DraftCard({ draft, deciding }: DraftCardProps) {
  const { example, support, decision } = draft;
  const system = systemPromptOf(example);
  return (
    <article class="draft-card">
      <div class="draft-pair">
        <h4 class="draft-question" dir="auto">
          {questionOf(example)}
        </h4>
        <p class="draft-answer" dir="auto">
          {example.answer?.content}
        </p>
        {isDoubtful(support) && <Doubt support={support} />}
        {system && (
          <details class="small">
            <summary>{t('drafts_system')}</summary>
            <p class="draft-answer" dir="auto">
              {system}
            </p>
          </details>
        )}
        {decision ? (
          <p class="small">
            <strong>{t(decision.kind === 'approved' ? 'drafts_approved' : 'drafts_rejected')}</strong>
          </p>
        ) : (
          <div class="actions">
            <button
              type="button"
              class="button primary"
              aria-keyshortcuts="A"
              disabled={deciding.isBusy.value}
              onClick={() => void deciding.approve()}
            >
              {t('drafts_approve')} <kbd>A</kbd>
            </button>
            <button type="button" class="button" aria-keyshortcuts="E" disabled={deciding.isBusy.value} onClick={() => deciding.edit(true)}>
              {t('drafts_edit')} <kbd>E</kbd>
            </button>
            <button
              type="button"
              class="button"
              aria-keyshortcuts="R"
              disabled={deciding.isBusy.value}
              onClick={() => void deciding.reject()}
            >
              {t('drafts_reject')} <kbd>R</kbd>
            </button>
          </div>
        )}
      </div>
      <DraftPassages draft={draft} />
    </article>
  );
}

/** Why it wants a look. */
function Doubt({ support: { supported, claims, unknown } }: Pick<ExampleDraft, 'support'>) {
  return (
    <p class="draft-doubt small">
      {supported === 0 && t(claims === 0 ? 'drafts_not_compared' : 'drafts_not_borne_out')}{' '}
      {unknown.length > 0 && t('drafts_not_there', unknown.join(', '))}
    </p>
  );
}

/** What the pair was written from. */
export function DraftPassages({ draft: { id, example, capturedAt, support } }: Pick<DraftCardProps, 'draft'>) {
  const quotes = useMemo(() => support.quotes.map((quote) => ({ quote })), [support]);
  return (
    <div class="draft-passages">
      {(example.passages ?? []).map(({ title, text }, index) => (
        // They never change places; another draft's are others, though they be the same.
        <figure key={`${id} ${index}`} class="quotation">
          <QuotedText text={plainText(text)} about={questionOf(example)} support={quotes} />
          <figcaption>
            <p class="quotation-source">
              <cite dir="auto">{title}</cite>
              <span class="soft">{t('saved_on', formatDate(capturedAt))}</span>
            </p>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
