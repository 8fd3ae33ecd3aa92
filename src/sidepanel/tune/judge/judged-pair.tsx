import { type JudgedSide, type Vote, votes } from '../../../core/tuning/judging/judgement';
import type { BlindAnswer, ShownPair } from '../../../core/tuning/judging/shown-pair';
import { Markdown } from '../../../view/markdown/render-markdown';
import { problemWords } from '../../../view/problem-words';
import { type MessageKey, t } from '../../../view/translate';
import { Answer, type AnswerActions } from '../../ask/answer/answer';
import { sideWords } from './side-words';

interface JudgedPairProps {
  readonly pair: ShownPair;
  /** Absent until it may be known which answer is whose. */
  readonly sides: readonly [JudgedSide, JudgedSide] | undefined;
  readonly actions: AnswerActions;
  readonly onVote: (vote: Vote) => Promise<void>;
}

const voteWords: Readonly<Record<Vote, MessageKey>> = {
  a: 'judge_vote_a',
  b: 'judge_vote_b',
  equal: 'judge_vote_equal',
  neither: 'judge_vote_neither',
};
const voteKeys: Readonly<Record<Vote, string>> = { a: 'a', b: 'b', equal: 'e', neither: 'n' };

/** Two answers to one question, as A and B, with what an example says should be answered. */
export function JudgedPair({ pair, sides, actions, onVote }: JudgedPairProps) {
  const { question, answers, reference, vote } = pair;
  if (!answers) return <p class="soft">{t('judge_waiting')}</p>;
  const nameOf = (letter: 'a' | 'b') => {
    const place = pair.sides?.[letter];
    return !sides || place === undefined ? t(`judge_answer_${letter}`) : t(`judge_answer_${letter}_of`, sideWords(sides[place]));
  };
  return (
    <>
      <div class="candidates">
        <OneAnswer name={nameOf('a')} question={question} answer={answers.a} actions={actions} />
        <OneAnswer name={nameOf('b')} question={question} answer={answers.b} actions={actions} />
      </div>
      {reference !== undefined && (
        <details class="judge-reference">
          <summary>{t('judge_reference')}</summary>
          <div class="prose">
            <Markdown text={reference} hasMath headingLevel={4} />
          </div>
        </details>
      )}
      {!sides && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
        <div class="judge-votes" role="group" aria-label={t('judge_votes')}>
          {votes.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={vote === one}
              aria-keyshortcuts={voteKeys[one]}
              onClick={() => void onVote(one)}
            >
              {t(voteWords[one])} <kbd>{voteKeys[one].toUpperCase()}</kbd>
            </button>
          ))}
        </div>
      )}
      {sides && <p class="soft">{t('judge_your_vote', vote ? t(voteWords[vote]) : t('judge_no_vote'))}</p>}
    </>
  );
}

interface OneAnswerProps {
  readonly name: string;
  readonly question: string;
  readonly answer: BlindAnswer;
  readonly actions: AnswerActions;
}

/** As any answer is shown, but that what is wrong with it is said only, for asking again is no way on here. */
function OneAnswer({ name, question, answer, actions }: OneAnswerProps) {
  const { problem, ...rest } = answer;
  return (
    <section class="candidate" aria-label={name}>
      <h5>{name}</h5>
      <Answer question={question} answer={{ ...rest, durationMs: 0 }} onAskAgain={() => {}} {...actions} />
      {problem && <p class="soft small">{problemWords(problem)}</p>}
    </section>
  );
}
