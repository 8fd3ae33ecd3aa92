import { tallyVotes } from '../../../core/tuning/judging/tally-votes';
import type { ShownJudgement } from '../../../protocol/judgement-requests';
import { t, tCount } from '../../../view/translate';
import { sideWords } from './side-words';

/** What the votes come to, and how sure that is. */
export function JudgeTally({ opened: { run, pairs } }: { readonly opened: ShownJudgement }) {
  const { wins, equal, neither, open, ahead, share, isDecided } = tallyVotes(pairs);
  const { sides } = run.plan;
  const decided = wins[0] + wins[1];
  const percent = (value: number) => Math.round(value * 100);
  return (
    <div class="judge-tally" role="status">
      <p>
        {share
          ? tCount(
              'judge_result',
              decided,
              sideWords(sides[ahead]),
              wins[ahead],
              percent(share.of),
              percent(share.low),
              percent(share.high),
            )
          : t('judge_result_none')}
      </p>
      {share && <p>{t(isDecided ? 'judge_decided' : 'judge_undecided')}</p>}
      {share && <Interval {...share} />}
      <dl class="judge-counts small">
        {[
          [sideWords(sides[0]), wins[0]] as const,
          [sideWords(sides[1]), wins[1]] as const,
          [t('judge_vote_equal'), equal] as const,
          [t('judge_vote_neither'), neither] as const,
          ...(open > 0 ? [[t('judge_no_vote'), open] as const] : []),
        ].map(([name, count]) => (
          <div key={name}>
            <dt class="soft">{name}</dt>
            <dd>{t('plain_number', count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface IntervalProps {
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** Where the share lies between nothing and all, and how far it may be from there; the words beside it say the same. */
function Interval({ of, low, high }: IntervalProps) {
  return (
    <svg class="judge-interval" viewBox="0 0 200 12" aria-hidden="true" focusable="false">
      <line x1="0" y1="6" x2="200" y2="6" class="judge-scale" />
      <line x1="100" y1="1" x2="100" y2="11" class="judge-scale" />
      <line x1={low * 200} y1="6" x2={high * 200} y2="6" class="judge-range" />
      <circle cx={of * 200} cy="6" r="4" />
    </svg>
  );
}
