import type { RefObject } from 'preact';

/**
 * Lets the arrow keys go from the search box through the results and back, and Escape clear the search.
 * @param section holds the box and the results
 * @param rest has the results drawn that are still to come; nothing where there are none
 * @returns the section's listener
 */
export function resultKeys(
  section: RefObject<HTMLElement | null>,
  input: RefObject<HTMLInputElement | null>,
  clear: () => void,
  rest: () => Promise<void> | undefined,
) {
  const stops = (): (Element | null)[] => [
    input.current,
    ...(section.current?.querySelectorAll('.found .page-title, [aria-posinset="1"] .page-title') ?? []),
  ];
  return (event: KeyboardEvent) => {
    if (event.isComposing || !input.current || !section.current) return;
    if (event.key === 'Escape' && input.current.value !== '') {
      // Else it would stop an answer that is being written in another view.
      event.stopPropagation();
      event.preventDefault();
      clear();
      input.current.focus();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const place = stops().indexOf(event.target as Element);
    if (place < 0) return;
    const focusOn = (place: number): boolean => {
      const stop = stops()[place];
      if (!(stop instanceof HTMLElement)) return false;
      stop.focus();
      return true;
    };
    if (focusOn(place + (event.key === 'ArrowDown' ? 1 : -1))) event.preventDefault();
    else if (event.key === 'ArrowDown' && place > 0) {
      // By then they are drawn, if nobody went on elsewhere.
      const goOn = () => void (document.activeElement === event.target && focusOn(place + 1));
      if (rest()?.then(() => requestAnimationFrame(goOn))) event.preventDefault();
    }
  };
}
