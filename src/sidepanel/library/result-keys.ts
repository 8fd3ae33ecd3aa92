import type { RefObject } from 'preact';

/**
 * Lets the arrow keys go from the search box through the results and back, and Escape clear the search.
 * @param section holds the box and the results
 * @returns the section's listener
 */
export function resultKeys(section: RefObject<HTMLElement | null>, input: RefObject<HTMLInputElement | null>, clear: () => void) {
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
    const stops: Element[] = [input.current, ...section.current.querySelectorAll('.found .page-title, [aria-posinset="1"] .page-title')];
    const place = stops.indexOf(event.target as Element);
    const next = place < 0 ? undefined : stops[place + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  };
}
