import { X } from 'lucide';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { answerDifferences, type DifferingAnswer } from '../../../core/conversation/answer-differences';
import type { AnswerMessage, MessageId } from '../../../core/conversation/conversation';
import type { MessagePair } from '../../../core/conversation/pair-messages';
import { Icon } from '../../../view/icon';
import { t, tCount } from '../../../view/translate';
import { costWords } from '../../shared/cost-words';
import type { BranchComparison } from '../../state/branch-comparison';
import type { ConversationState } from '../../state/conversation-state';
import type { VerdictState } from '../../state/verdict-state';

interface BranchComparisonViewProps {
  readonly comparison: BranchComparison;
  readonly state: ConversationState;
  readonly verdicts: VerdictState;
}

/** Two branches beside each other, or one above the other where there is no room: what differs in words, sources, model and time. */
export function BranchComparisonView({ comparison, state, verdicts }: BranchComparisonViewProps) {
  const { alternatives, sides } = comparison;
  const [one, other] = sides;
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is drawn: what had the focus is hidden then, and has it no longer.
  useLayoutEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement) requestAnimationFrame(() => before.focus());
    };
  }, []);
  const turns = Math.max(one.pairs.length, other.pairs.length);
  const use = (place: 0 | 1) => {
    const better = sides[place].pairs[0]?.answer;
    const worse = sides[place === 0 ? 1 : 0].pairs[0]?.answer;
    // Of two answers to the same question one is chosen; two questions say nothing of their answers.
    if (better?.id === sides[place].id && worse && isWritten(better) && isWritten(worse)) {
      void verdicts.judge(better.id, 'chosen', { rejectedId: worse.id });
    }
    state.show(sides[place].id);
  };
  const choose = (place: 0 | 1, id: MessageId) => state.compare(place === 0 ? [id, other.id] : [one.id, id]);
  return (
    <section
      class="compare"
      aria-labelledby="compare-heading"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        state.compare(undefined);
      }}
    >
      <div class="compare-head">
        <h3 id="compare-heading" tabIndex={-1} ref={heading}>
          {t('compare_branches')}
        </h3>
        <button
          type="button"
          class="icon-button"
          title={t('back_to_conversation')}
          aria-label={t('back_to_conversation')}
          onClick={() => state.compare(undefined)}
        >
          <Icon node={X} />
        </button>
      </div>
      <div class="compare-row">
        {sides.map(({ id }, place) => (
          <div key={place} class="compare-choice">
            <select
              class="field"
              aria-label={t(place === 0 ? 'first_branch' : 'second_branch')}
              value={id}
              onChange={(event) => choose(place === 0 ? 0 : 1, event.currentTarget.value as MessageId)}
            >
              {alternatives.map((alternative, index) => (
                <option key={alternative} value={alternative} disabled={alternative === sides[1 - place]?.id}>
                  {t('branch_of', index + 1, alternatives.length)}
                </option>
              ))}
            </select>
            <button type="button" class="button small" onClick={() => use(place === 0 ? 0 : 1)}>
              {t('use_this_branch')}
            </button>
          </div>
        ))}
      </div>
      {Array.from({ length: turns }, (_, turn) => (
        <ComparedTurn key={turn} pairs={[one.pairs[turn], other.pairs[turn]]} />
      ))}
    </section>
  );
}

function isWritten({ kind, text }: AnswerMessage): boolean {
  return kind === 'written' && text !== '';
}

function ComparedTurn({ pairs: [one, other] }: { readonly pairs: readonly [MessagePair | undefined, MessagePair | undefined] }) {
  const answers = useMemo(() => answerDifferences(one?.answer, other?.answer), [one?.answer, other?.answer]);
  return (
    <div class="compare-row">
      <ComparedPair pair={one} compared={answers[0]} />
      <ComparedPair pair={other} compared={answers[1]} />
    </div>
  );
}

interface ComparedPairProps {
  readonly pair: MessagePair | undefined;
  readonly compared: DifferingAnswer;
}

function ComparedPair({ pair, compared }: ComparedPairProps) {
  if (!pair) return <p class="soft compare-cell">{t('branch_ends')}</p>;
  const { question, answer } = pair;
  // Where all differs, marks would tell nothing.
  const isOther = compared.paragraphs.every((words) => words.every(({ differs }) => differs));
  return (
    <article class="compare-cell">
      <h4 class="compare-question" dir="auto">
        {question.text}
      </h4>
      {answer && <p class="soft small">{factsOf(answer)}</p>}
      {answer && answer.status !== 'complete' && <p class="soft small">{t('answer_cut_off')}</p>}
      {answer?.kind === 'nothing-found' && answer.status === 'complete' && <p>{t('nothing_found')}</p>}
      {!answer && <p class="soft small">{t('answer_cut_off')}</p>}
      {isOther && compared.paragraphs.length > 0 && <p class="soft small">{t('hardly_a_word_in_common')}</p>}
      {compared.paragraphs.map((words, index) => (
        <p key={index} class="compare-words" dir="auto">
          {words.map(({ text, differs }, at) => (differs && !isOther ? <mark key={at}>{text}</mark> : text))}
        </p>
      ))}
      {compared.sources.length > 0 && (
        <ul class="small compare-sources" aria-label={t('sources')}>
          {compared.sources.map(({ source, isInBoth }) => (
            <li key={source.number}>
              <span class="quotation-number">{source.number}</span>
              <span dir="auto">{source.title}</span> <span class="soft">{isInBoth ? t('in_both') : t('only_here')}</span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function factsOf({ usage, durationMs, report }: AnswerMessage): string {
  const facts = [
    usage?.model ?? t('no_model_wrote'),
    durationMs > 0 && t('seconds', Number((durationMs / 1_000).toPrecision(2))),
    usage && tCount('tokens_written', usage.completionTokens),
    usage?.cost && costWords(usage.cost),
    report.passagesUsed > 0 && t('used_passages', tCount('passages', report.passagesUsed), tCount('from_pages', report.pagesUsed)),
  ];
  return facts.filter(Boolean).join(' · ');
}
