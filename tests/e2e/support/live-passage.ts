import type { Page } from 'playwright-core';

/** Where words stand in a page, and how the browser shows them. */
export interface LiveWords {
  /** From the top of the window to the top of the first line of the words, in pixels. */
  readonly top: number;
  readonly windowHeight: number;
  /** How far the window has been scrolled down, and how far it could be, in pixels. */
  readonly scrolled: number;
  readonly scrollable: number;
  /** The share of the words' area that has the colour in which Chromium marks the target of a text fragment, from 0 to 1. */
  readonly marked: number;
}

/** What Chromium lays under the target of a text fragment. */
const targetColour = [233, 210, 253] as const;

/** Finds words in a page as a reader would, whatever elements and white space they run over. Rejects when they are not there. */
export async function findLiveWords(page: Page, words: string): Promise<LiveWords> {
  const place = await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const letters: { node: Node; offset: number }[] = [];
    let text = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest('script, style, rt')) continue;
      for (let offset = 0; offset < (node.nodeValue ?? '').length; offset++) {
        const letter = node.nodeValue?.[offset] ?? '';
        if (/\s/.test(letter)) continue;
        text += letter;
        letters.push({ node, offset });
      }
    }
    const packed = wanted.replace(/\s+/g, '');
    const start = letters[text.indexOf(packed)];
    const end = letters[text.indexOf(packed) + packed.length - 1];
    if (!start || !end || !text.includes(packed)) throw new Error(`“${wanted}” is not in the page.`);
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset + 1);
    const { top, left, width, height } = range.getClientRects()[0] ?? new DOMRect();
    const { scrollHeight } = document.documentElement;
    return { top, left, width, height, windowHeight: innerHeight, scrolled: scrollY, scrollable: scrollHeight - innerHeight };
  }, words);
  const { left, width, height, ...where } = place;
  const isInView = where.top >= 0 && where.top + height <= where.windowHeight;
  const marked = isInView ? await shareOfTargetColour(page, { x: left, y: where.top, width, height }) : 0;
  return { ...where, marked };
}

async function shareOfTargetColour(page: Page, clip: { x: number; y: number; width: number; height: number }): Promise<number> {
  const picture = await page.screenshot({ clip });
  return page.evaluate(
    async ([base64, colour]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
      let alike = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        if (colour.every((value, channel) => Math.abs(value - (pixels[at + channel] ?? 0)) < 12)) alike += 1;
      }
      return alike / (pixels.length / 4);
    },
    [picture.toString('base64'), targetColour] as const,
  );
}
