/** How much text an element holds, and of what sort. Counted in characters without spaces. */
export interface TextMeasure {
  readonly characters: number;
  readonly linkCharacters: number;
  /** Unlinked and in blocks that the vote keeps, whatever they are. */
  readonly votedCharacters: number;
  /** In paragraphs, items and cells that read like sentences and hold few links. */
  readonly proseCharacters: number;
  /** The part of the prose that the vote does not keep. */
  readonly unvotedProseCharacters: number;
  /** In headings that the vote does not keep: neither prose nor noise. */
  readonly headingCharacters: number;
}

export type TextMeasures = ReadonlyMap<Element, TextMeasure>;

const nothing: TextMeasure = {
  characters: 0,
  linkCharacters: 0,
  votedCharacters: 0,
  proseCharacters: 0,
  unvotedProseCharacters: 0,
  headingCharacters: 0,
};
const keys = Object.keys(nothing) as (keyof TextMeasure)[];
const shortestProse = 40;
const mostLinkedProse = 0.4;

/** Measures an element and everything in it but the `excluded` elements, each once. */
export function measureText(root: Element, vote?: ReadonlySet<Element>, excluded?: ReadonlySet<Element>): TextMeasures {
  const measures = new Map<Element, TextMeasure>();
  measure(root, false, false);
  return measures;

  /** Gives back the inline text of the element too, for the block around it. */
  function measure(
    element: Element,
    isInLink: boolean,
    isInHeading: boolean,
  ): { total: TextMeasure; inline: string; inlineLinkCharacters: number } {
    if (excluded?.has(element)) return { total: nothing, inline: '', inlineLinkCharacters: 0 };
    const isLink = isInLink || element.localName === 'a';
    const isHeading = isInHeading || /^h[1-6]$/.test(element.localName);
    const total = { ...nothing };
    let inline = '';
    let inlineLinkCharacters = 0;
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === Node.TEXT_NODE) {
        inline += (child as Text).data;
        if (isLink) inlineLinkCharacters += visibleLength((child as Text).data);
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        const part = measure(child as Element, isLink, isHeading);
        for (const key of keys) total[key] += part.total[key];
        if (!isBlock(child as Element)) {
          inline += part.inline;
          inlineLinkCharacters += part.inlineLinkCharacters;
        }
      }
    }
    if (isBlock(element) || element === root) {
      const length = visibleLength(inline);
      const prose = !isHeading && isProse(inline, length, inlineLinkCharacters) ? length : 0;
      const isVoted = vote?.has(element);
      total.characters += length;
      total.linkCharacters += inlineLinkCharacters;
      total.proseCharacters += prose;
      if (isVoted) total.votedCharacters += length - inlineLinkCharacters;
      else if (isHeading) total.headingCharacters += length;
      else total.unvotedProseCharacters += prose;
    }
    measures.set(element, total);
    return { total, inline, inlineLinkCharacters };
  }
}

export function isProse(text: string, length: number, linkCharacters: number): boolean {
  return length >= shortestProse && /[.!?…。！？؟।،,:;]/.test(text) && linkCharacters <= length * mostLinkedProse;
}

export function visibleLength(text: string): number {
  return text.replace(/\s+/g, '').length;
}

const blockNames =
  /^(address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|menu|nav|ol|p|pre|section|summary|table|t[dhr]|tbody|tfoot|thead|ul)$/;

export function isBlock(element: Element): boolean {
  return blockNames.test(element.localName) || element.hasAttribute('data-block');
}

export function linkDensity(measure: TextMeasure | undefined): number {
  return !measure || measure.characters === 0 ? 0 : measure.linkCharacters / measure.characters;
}
