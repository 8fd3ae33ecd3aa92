import { useEffect, useRef, useState } from 'preact/hooks';

/** Long enough for the pointer to travel from what opens a card to the card. */
const closeDelayMs = 200;

/** A card beside something in the text: open while the pointer or the focus is on either, closed by Escape. */
export function useCard() {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLSpanElement>(null);
  const closing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const open = () => {
    clearTimeout(closing.current);
    setOpen(true);
  };
  const closeSoon = () => {
    clearTimeout(closing.current);
    closing.current = setTimeout(() => setOpen(false), closeDelayMs);
  };
  useEffect(() => () => clearTimeout(closing.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      // A card that only the pointer has opened must not keep Escape from stopping the answer.
      if (frame.current?.contains(document.activeElement)) event.stopPropagation();
    };
    // On the way down, to come before what Escape means elsewhere.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [isOpen]);
  return { isOpen, frame: { ref: frame, onMouseEnter: open, onMouseLeave: closeSoon, onFocusIn: open, onFocusOut: closeSoon } };
}
