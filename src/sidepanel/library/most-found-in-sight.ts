/** Of a page that was found: a line of its title, one under it, and two of what it says. In a narrow panel most are higher. */
const leastRowPx = 120;

/** How many of the pages that were found may be in sight at once, below what stands above the list; one in a panel that has no size yet. */
export const mostFoundInSight = (): number => {
  // All saved pages are listed in the same place.
  const list = document.querySelector('.library-view .pages');
  return Math.max(1, Math.ceil((innerHeight - (list?.getBoundingClientRect().top ?? 0)) / leastRowPx));
};
