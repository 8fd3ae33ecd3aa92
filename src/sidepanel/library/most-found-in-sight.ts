/** Of a page that was found: a line of its title, one under it, and two of what it says. In a narrow panel most are higher. */
const leastRowPx = 120;

/** How many of the pages that were found may be in sight at once, and a few more; one in a panel that has no size yet. */
export const mostFoundInSight = (): number => Math.max(1, Math.ceil(innerHeight / leastRowPx));
