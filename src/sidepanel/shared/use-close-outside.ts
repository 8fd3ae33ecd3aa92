import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Closes what is open when a press or the focus goes elsewhere.
 * @param close must do the same whenever it is called: the one of the time of opening is kept
 */
export function useCloseOutside(whole: RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const closeFromOutside = ({ target }: Event) => {
      if (target instanceof Node && !whole.current?.contains(target)) close();
    };
    document.addEventListener('pointerdown', closeFromOutside);
    document.addEventListener('focusin', closeFromOutside);
    return () => {
      document.removeEventListener('pointerdown', closeFromOutside);
      document.removeEventListener('focusin', closeFromOutside);
    };
  }, [isOpen]);
}
