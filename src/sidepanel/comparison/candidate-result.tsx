import { citationSupport } from '../../core/citations/citation-support';
import { t } from '../../view/translate';
import { Answer, type AnswerActions } from '../ask/answer/answer';
import { costWords } from '../shared/cost-words';
import type { CandidateAnswer, ComparisonState } from '../state/comparison-state';
import { blankAnswer } from '../state/exchange';

interface CandidateResultProps {
  readonly index: number;
  readonly result: CandidateAnswer;
  readonly comparison: ComparisonState;
  readonly actions: AnswerActions;
}

/** What one model answers, with what it took. */
export function CandidateResult({ index, result, comparison, actions }: CandidateResultProps) {
  const { answer, answerId, text } = result;
  const model = comparison.candidates.value[index]?.model ?? '';
  const { sources = [], report = blankAnswer.report } = comparison.prepared.value ?? {};
  const name = t('compare_result', index + 1, model);
  return (
    <section class="candidate" aria-label={name}>
      <h4>{name}</h4>
      {answerId && <Figures result={result} />}
      <Answer
        question={comparison.question.value}
        answer={answer ?? { ...blankAnswer, text, sources, report }}
        answerId={answerId}
        onAskAgain={() => void comparison.prepare()}
        {...actions}
      />
      {answerId && answer?.text && (
        <button type="button" class="button" aria-label={t('compare_use_named', name)} onClick={() => void comparison.use(index)}>
          {t('compare_use')}
        </button>
      )}
    </section>
  );
}

function Figures({ result: { answer, firstWordMs } }: { readonly result: CandidateAnswer }) {
  if (!answer) return null;
  const { usage, durationMs, check } = answer;
  const { supported, claims } = citationSupport(check);
  const seconds = (ms: number) => t('seconds', Number((ms / 1_000).toPrecision(2)));
  const figures: [string, string][] = [
    [t('figure_first_word'), firstWordMs === undefined ? t('not_known') : seconds(Math.max(firstWordMs, 1))],
    [t('figure_time'), seconds(Math.max(durationMs, 1))],
    [t('figure_tokens'), usage ? t('figure_tokens_value', usage.promptTokens, usage.completionTokens) : t('not_known')],
    [t('figure_cost'), costWords(usage?.cost ?? { kind: 'unknown' })],
    [t('figure_support'), claims === 0 ? t('figure_no_claims') : t('figure_support_value', supported, claims)],
  ];
  return (
    <dl class="figures small">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt class="soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
