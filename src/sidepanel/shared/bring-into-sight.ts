const mostWaitMs = 3_000;

/** Takes the person to an element, as soon as it is there: parts of a view are drawn when what they show has been read. */
export function bringIntoSight(id: string): void {
  const isDone = () => {
    const element = document.getElementById(id);
    if (!element) return false;
    // A heading takes the focus by this alone; what takes it anyway stays in the order of Tab.
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
    // The focus leaves what is half in sight where it is.
    element.scrollIntoView({ block: 'nearest' });
    return true;
  };
  if (isDone()) return;
  const watch = new MutationObserver(() => isDone() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), mostWaitMs);
}
