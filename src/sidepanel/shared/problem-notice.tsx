import { TriangleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../core/problem';
import { Icon } from '../../view/icon';
import { problemWords } from '../../view/problem-words';

interface ProblemNoticeProps {
  readonly problem: Problem;
  /** The one thing to do about it. */
  readonly children?: ComponentChildren;
}

/** What went wrong, in words; what the other side said, small under them. */
export function ProblemNotice({ problem, children }: ProblemNoticeProps) {
  return (
    <div class="problem" role="alert">
      <Icon node={TriangleAlert} />
      <div class="problem-words">
        <p>{problemWords(problem)}</p>
        {problem.detail && <p class="soft small problem-detail">{problem.detail}</p>}
        {children}
      </div>
    </div>
  );
}
