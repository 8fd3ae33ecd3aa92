import type { ElementStyle } from './rendering';

/** No slide and no menu that a click brings in is so far out; what is kept from eyes is put at -9999px. */
const farOutPx = 5_000;
const smallestPx = 1;
/** A colour behind text is looked for in its element and the one around it: farther out, something else may be painted between them. */
export const levelsLookedAt = 2;
const transparent = 'rgba(0, 0, 0, 0)';

/** Whether an element is put out of the page or cut down to nothing, as words for screen readers are. What is folded, and opens by a click, is not. */
export function isCutAway(style: ElementStyle): boolean {
  // What else is asked has to be laid out first.
  if (style.position !== 'absolute' && style.position !== 'fixed') return false;
  const { left, top, width, height, overflow, clip = '', clipPath = '' } = style;
  if (px(left) < -farOutPx || px(top) < -farOutPx) return true;
  if (px(width) <= smallestPx && px(height) <= smallestPx && overflow !== 'visible') return true;
  const [, up, right, down, side] = /^rect\((\d+)px, (\d+)px, (\d+)px, (\d+)px\)$/.exec(clip) ?? [];
  if (up !== undefined && (Number(down) - Number(up)) * (Number(right) - Number(side)) <= smallestPx) return true;
  return Number(/^inset\((\d+)%\)$/.exec(clipPath)?.[1]) >= 50;
}

/**
 * Whether what stands in an element cannot be read: it has no size, or the very colour that is painted behind it.
 * @param styles of `levelsLookedAt` elements, the innermost last
 */
export function isUnreadable(styles: readonly (ElementStyle | undefined)[]): boolean {
  const { fontSize, color } = styles.at(-1) ?? {};
  if (px(fontSize) <= smallestPx) return true;
  for (const style of styles.toReversed()) {
    if (style?.backgroundColor === undefined || style.position !== 'static') return false;
    if (style.backgroundColor !== transparent) return style.backgroundColor === color && style.backgroundImage === 'none';
  }
  return false;
}

function px(length = ''): number {
  return Number.parseFloat(length);
}
