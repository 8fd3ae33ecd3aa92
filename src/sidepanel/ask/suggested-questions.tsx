import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../../core/pages/page';
import { t } from '../../view/translate';
import { costWords } from '../shared/cost-words';
import { ProblemNotice } from '../shared/problem-notice';
import type { SuggestionsState } from '../state/suggestions-state';

interface SuggestedQuestionsProps {
  readonly suggestions: SuggestionsState;
  /** Saved, and shown in the tab. */
  readonly page: Page;
  readonly onAsk: (question: string) => void;
}

/** What could be asked of the page in the tab: by its own headings, or by the model, once the person has seen what that costs and wants it. */
export function SuggestedQuestions({ suggestions, page, onAsk }: SuggestedQuestionsProps) {
  const { id, version } = page;
  useEffect(() => void suggestions.read({ id, version }), [suggestions, id, version]);
  const list = useRef<HTMLUListElement>(null);
  const wasAsking = useRef(false);
  const known = suggestions.of(page);
  const isAsking = known?.isAsking === true;
  useEffect(() => {
    // The button that was pressed goes once there is an answer.
    if (wasAsking.current && !isAsking && document.activeElement === document.body) list.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!known) return null;
  const { modelCost, byModel, problem } = known;
  const questions = byModel?.questions ?? known.questions.map(({ kind, text }) => (kind === 'asked' ? text : t('suggested_about', text)));
  return (
    <div class="suggested">
      {questions.length > 0 && (
        <ul class="suggested-questions" ref={list} tabIndex={-1} aria-label={t('suggested_questions')}>
          {questions.map((question) => (
            <li key={question}>
              <button type="button" class="button" dir="auto" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {modelCost && !byModel && (
        <button type="button" class="button quiet" onClick={() => void (isAsking ? suggestions.stop(page) : suggestions.askModel(page))}>
          {isAsking ? t('stop') : t('suggest_by_model')}
        </button>
      )}
      {/* Not heard amid an answer: it stands there before anything is done. */}
      {!isAsking && !byModel && modelCost && <p class="soft small">{t('suggest_cost', costWords(modelCost))}</p>}
      <p class="soft small" role="status">
        {isAsking && t('suggesting')}
        {!isAsking && byModel && t('suggested_by', byModel.model, costWords(byModel.cost))}
      </p>
    </div>
  );
}

/** The same where the conversation is about other things: folded, at its end. */
export function OfferedQuestions(props: SuggestedQuestionsProps) {
  return (
    <details class="suggested-offer">
      <summary class="small soft" dir="auto">
        {t('suggested_offer', props.page.title)}
      </summary>
      <SuggestedQuestions {...props} />
    </details>
  );
}
