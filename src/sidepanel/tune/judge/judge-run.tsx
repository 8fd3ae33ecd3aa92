import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Vote } from '../../../core/tuning/judging/judgement';
import type { ShownJudgement } from '../../../protocol/judgement-requests';
import { t, tCount } from '../../../view/translate';
import type { AnswerActions } from '../../ask/answer/answer';
import { ConfirmDelete } from '../../shared/confirm-delete';
import { ProblemNotice } from '../../shared/problem-notice';
import { ProgressLine } from '../../shared/progress-line';
import type { JudgeState } from './judge-state';
import { JudgeTally } from './judge-tally';
import { JudgedPair } from './judged-pair';

interface JudgeRunProps {
  readonly judge: JudgeState;
  readonly opened: ShownJudgement;
  readonly actions: AnswerActions;
}

const keys: Readonly<Record<string, Vote>> = { a: 'a', b: 'b', e: 'equal', n: 'neither' };

/** A comparison: its questions one after the other, to be voted on, and what came of it once it is revealed. Until then nothing here names a model. */
export function JudgeRun({ judge, opened, actions }: JudgeRunProps) {
  const { run, pairs } = opened;
  const heading = useRef<HTMLHeadingElement>(null);
  const pair = judge.pair.value;
  const voted = pairs.filter(({ vote }) => vote).length;
  const answered = pairs.filter(({ isReady }) => isReady).length;
  const isRevealed = run.isRevealed === true;
  const isRevealing = useSignal(false);
  // Whoever votes by keys, or reads the panel by ear, is taken along to each question, before it can be seen: the next key is a vote.
  useLayoutEffect(() => heading.current?.focus(), [pair?.number, isRevealed]);
  const isGoingOn = run.state === 'answering' && !run.problem;
  // The button that was pressed may be gone, and the focus with it.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [isGoingOn, answered, isRevealing.value]);
  const onKeyDown = (event: KeyboardEvent) => {
    // A key that is held votes once, not on every question that comes.
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const vote = keys[event.key.toLowerCase()];
    if (!vote || isRevealed || isRevealing.value) return;
    event.preventDefault();
    void judge.vote(vote);
  };
  const goTo = (step: 1 | -1) => void judge.show((pair?.number ?? 1) + step);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are a shortcut to the buttons in it
    <div class="judge-run" onKeyDown={onKeyDown}>
      <div class="actions">
        <button type="button" class="button quiet" onClick={() => void judge.close()}>
          {t('close')}
        </button>
        {isGoingOn && (
          <button type="button" class="button" onClick={() => void judge.stop()}>
            {t('stop')}
          </button>
        )}
        {!isGoingOn && !isRevealed && answered < pairs.length && (
          <button type="button" class="button" onClick={() => void judge.goOn()}>
            {t('judge_go_on')}
          </button>
        )}
        {!isRevealed && !isRevealing.value && answered > 0 && (
          <button
            type="button"
            class={voted === pairs.length ? 'button primary' : 'button'}
            aria-describedby="judge-reveal-hint"
            onClick={() => {
              // What was paid for can never be judged after that.
              if (voted === pairs.length) void judge.reveal();
              else isRevealing.value = true;
            }}
          >
            {t('judge_reveal')}
          </button>
        )}
      </div>
      {!isRevealed && isRevealing.value && (
        <ConfirmDelete
          question={tCount('judge_reveal_question', pairs.length - voted)}
          action={t('judge_reveal')}
          otherwise={t('judge_reveal_not')}
          onConfirm={() => void judge.reveal()}
          onCancel={() => {
            isRevealing.value = false;
          }}
        />
      )}
      {!isRevealed && (
        <p id="judge-reveal-hint" class="soft small">
          {t(voted === pairs.length ? 'judge_all_voted' : 'judge_reveal_hint')}
        </p>
      )}
      {isGoingOn && (
        <ProgressLine label={tCount('judge_answered', answered, pairs.length)} percent={Math.floor((answered / pairs.length) * 100)} />
      )}
      {run.problem && <ProblemNotice problem={isRevealed ? run.problem : { code: run.problem.code }} />}
      {isRevealed && <JudgeTally opened={opened} />}
      {pair && (
        <>
          <h4 ref={heading} tabIndex={-1} class="judge-question" dir="auto">
            <span class="soft small">{t('judge_question_of', pair.number, pairs.length)}</span>
            {pair.question}
          </h4>
          <JudgedPair key={pair.number} pair={pair} sides={isRevealed ? run.plan.sides : undefined} actions={actions} onVote={judge.vote} />
        </>
      )}
      {!pair && isGoingOn && <p class="soft">{t('judge_waiting')}</p>}
      {pair && (
        <nav class="actions" aria-label={t('judge_pages')}>
          <button type="button" class="button" disabled={pair.number <= 1} onClick={() => goTo(-1)}>
            {t('judge_previous')}
          </button>
          <button type="button" class="button" disabled={pair.number >= pairs.length} onClick={() => goTo(1)}>
            {t('judge_next')}
          </button>
          <span class="soft small" role="status">
            {tCount('judge_voted', voted, pairs.length)}
          </span>
        </nav>
      )}
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
