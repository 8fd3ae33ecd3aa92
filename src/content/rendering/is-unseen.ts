import type { ElementStyle } from './rendering';

/** No menu that a click brings in is so far out, and of a row of slides the end stays in view; what is kept from eyes is put at -9999px, all of it. */
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
  if (isFarOut(left, width) || isFarOut(top, height)) return true;
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
    if (style?.backgroundColor === undefined || style.backgroundImage !== 'none' || style.position !== 'static') return false;
    if (style.backgroundColor !== transparent) return style.backgroundColor === color;
  }
  return false;
}

function isFarOut(start: string | undefined, size: string | undefined): boolean {
  return px(start) < -farOutPx && px(start) + px(size) <= 0;
}

function px(length = ''): number {
  return Number.parseFloat(length);
}
