import type { Span } from '../core/text/span';

interface MarkedTextProps {
  readonly text: string;
  /** In order and apart from each other. */
  readonly highlights: readonly Span[];
}

/** Text with stretches of it marked. */
export function MarkedText({ text, highlights }: MarkedTextProps) {
  let shown = 0;
  const pieces = highlights.flatMap(({ start, end }) => {
    const before = text.slice(shown, start);
    shown = end;
    return [before, <mark key={start}>{text.slice(start, end)}</mark>];
  });
  return (
    <>
      {pieces}
      {text.slice(shown)}
    </>
  );
}
