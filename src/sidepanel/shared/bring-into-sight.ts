const mostWaitMs = 3_000;

/** Takes the person to an element, as soon as it is there: parts of a view are drawn when what they show has been read. */
export function bringIntoSight(id: string): void {
  const isDone = () => {
    const element = document.getElementById(id);
    if (!element) return false;
    element.tabIndex = -1;
    element.focus();
    return true;
  };
  if (isDone()) return;
  const watch = new MutationObserver(() => isDone() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), mostWaitMs);
}
