interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 100; absent while it cannot be told. */
  readonly percent?: number | undefined;
}

export function ProgressBar({ label, percent }: ProgressBarProps) {
  return (
    <div class="progress-bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <div class={percent === undefined ? 'progress-unknown' : undefined} style={{ width: `${percent ?? 30}%` }} />
    </div>
  );
}
