import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** So near the end that it was meant. */
const slackPx = 24;

/**
 * Keeps the end of a growing answer in view for someone who has scrolled there, until they scroll away. Nobody else's view is moved: an answer that
 * outgrows the panel goes on below.
 * @param list somewhere inside the element that scrolls
 */
export function useFollowEnd(list: RefObject<HTMLElement | null>, isGrowing: boolean): void {
  useEffect(() => {
    const scroller = list.current?.closest('.conversation');
    if (!isGrowing || !list.current || !scroller) return;
    let follows = false;
    let top = scroller.scrollTop;
    const onScroll = () => {
      const isDown = scroller.scrollTop > top;
      const isUp = scroller.scrollTop < top;
      top = scroller.scrollTop;
      const answer = list.current?.lastElementChild;
      const isAtEnd = scroller.scrollHeight - scroller.clientHeight - top <= slackPx;
      // A short answer is seen whole from its beginning, which is then also the end of what can be scrolled.
      const isLong = answer !== null && answer !== undefined && answer.clientHeight > scroller.clientHeight + slackPx;
      if (isUp) follows = false;
      else if (isDown && isAtEnd && isLong) follows = true;
    };
    const grown = new ResizeObserver(() => {
      if (!follows) return;
      scroller.scrollTop = scroller.scrollHeight;
    });
    grown.observe(list.current);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grown.disconnect();
      scroller.removeEventListener('scroll', onScroll);
    };
  }, [list, isGrowing]);
}
