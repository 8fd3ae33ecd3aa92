import type { ComponentChildren } from 'preact';
import { t } from '../../view/translate';
import { ProgressBar } from './progress-bar';

interface ProgressLineProps {
  /** What is being done. */
  readonly label: string;
  /** What is said in its stead, such as that it rests. */
  readonly words?: string;
  /** From 0 to 100; absent while it cannot be told. */
  readonly percent?: number | undefined;
  /** Nothing moves any longer: there is no bar. */
  readonly isOver?: boolean;
  /** Stands under the bar. */
  readonly children?: ComponentChildren;
}

/** What is being done, how far it is, and a bar. */
export function ProgressLine({ label, words = label, percent, isOver = false, children }: ProgressLineProps) {
  return (
    <div class="progress-line">
      <p class="small soft">
        <span role="status">{words}</span>
        {percent !== undefined && <span>{t('percent', percent)}</span>}
      </p>
      {!isOver && <ProgressBar label={label} percent={percent} />}
      {children}
    </div>
  );
}
