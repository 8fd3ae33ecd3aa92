import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface TextCardProps {
  readonly id: string;
  /** Absent: it is described by what it is about. */
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** Of an answer's text; the style sheet moves the card by as much. */
const lineHeightPx = 30;

/** Stands under the line that it is about, or over it where more of it can be seen there. */
export function TextCard({ id, label, children }: TextCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const [isAbove, setAbove] = useState(false);
  useLayoutEffect(() => {
    const scroller = card.current?.closest('.conversation');
    if (!card.current || !scroller) return;
    const box = card.current.getBoundingClientRect();
    const room = scroller.getBoundingClientRect();
    const hiddenBelow = box.bottom - room.bottom;
    const hiddenAbove = room.top - (box.top - box.height - lineHeightPx);
    setAbove(hiddenBelow > 0 && hiddenBelow > hiddenAbove);
  }, []);
  const shape = { class: isAbove ? 'citation-card above' : 'citation-card', id, ref: card };
  return label ? (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div {...shape} role="group" aria-label={label}>
      {children}
    </div>
  ) : (
    <div {...shape} role="tooltip">
      {children}
    </div>
  );
}
