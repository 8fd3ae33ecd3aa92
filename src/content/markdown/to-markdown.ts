import { isBlock } from '../main-content/measure-text';
import { codeMarkdown } from './code-markdown';
import { escapeLineStart } from './escape-markdown';
import { inlineMarkdown, keepsSpaces, plainInlineContext, tidyInline } from './inline-markdown';
import { dataRowsOf, tableMarkdown } from './table-markdown';

/** A block of the text, with the marks of the lists and quotations it stands in. */
export interface CapturedBlock {
  readonly text: string;
  /** Follows the block before on the next line, as an item of a list does. */
  readonly isTight: boolean;
}

interface Place {
  /** Before every line: the marks of quotations and the indentation of list items. */
  readonly prefix: string;
  /** Before the first line only, instead of as much of the prefix: the mark of a list item. */
  readonly marker: { value: string } | undefined;
  readonly keepsSpaces: boolean;
  readonly isInList: boolean;
}

/** The blocks of an element of the copy, in order. Fenced code and tables always stand at the margin, so that their lines are exact. */
export function toMarkdownBlocks(root: Element): CapturedBlock[] {
  const writer = new BlockWriter();
  writer.writeChildren(root, { prefix: '', marker: undefined, keepsSpaces: false, isInList: false });
  return writer.blocks;
}

class BlockWriter {
  readonly blocks: CapturedBlock[] = [];
  private readonly known = new Map<Node, boolean>();

  writeChildren(parent: Node, place: Place): void {
    let inline = '';
    const flush = () => {
      this.writeParagraphs(inline, place);
      inline = '';
    };
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      if (this.holdsBlocks(child)) {
        flush();
        this.writeBlock(child as Element, place);
      } else {
        inline += inlineMarkdown(child, { ...plainInlineContext, keepsSpaces: place.keepsSpaces });
      }
    }
    flush();
  }

  private writeBlock(element: Element, outer: Place): void {
    const place = { ...outer, keepsSpaces: keepsSpaces(element, outer.keepsSpaces) };
    switch (element.localName) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        this.writeHeading(element, Number(element.localName.slice(1)), place);
        break;
      case 'pre':
        this.writeAtMargin(codeMarkdown(element));
        break;
      case 'code':
        if ((element.textContent ?? '').trim().includes('\n')) this.writeAtMargin(codeMarkdown(element));
        else this.writeParagraphs(inlineMarkdown(element), place);
        break;
      case 'ul':
      case 'ol':
      case 'menu':
        this.writeList(element, place);
        break;
      case 'li':
        this.writeItem(element, '- ', place);
        break;
      case 'blockquote':
        this.writeChildren(element, { ...place, prefix: `${place.prefix}> ` });
        break;
      case 'table':
        this.writeTable(element, place);
        break;
      case 'dt':
      case 'summary':
      case 'caption':
        this.writeStrong(element, place);
        break;
      case 'dd':
        this.writeDefinition(element, place);
        break;
      case 'hr':
        break;
      default:
        this.writeChildren(element, place);
        break;
    }
  }

  private writeHeading(element: Element, level: number, place: Place): void {
    const text = tidyInline(inlineMarkdown(element)).replace(/(?<!\s)\s*\n\s*/g, ' ');
    if (!text) return;
    if (place.isInList) this.push(text, place);
    else this.push(`${'#'.repeat(level)} ${text}`, place);
  }

  private writeStrong(element: Element, place: Place): void {
    if ([...element.children].some((child) => this.holdsBlocks(child))) {
      this.writeChildren(element, place);
      return;
    }
    const text = tidyInline(inlineMarkdown(element, { ...plainInlineContext, isStrong: true })).replace(/(?<!\s)\s*\n\s*/g, ' ');
    if (text) this.push(`**${text}**`, place);
  }

  /** A definition follows its term on the next line, so that the two are one block. */
  private writeDefinition(element: Element, place: Place): void {
    const before = this.blocks.length;
    this.writeChildren(element, place);
    const first = this.blocks[before];
    const term = element.previousElementSibling?.localName === 'dt';
    if (term && first && before > 0 && !/^\s*(#|`{3}|\||[-*+] |\d+[.)] )/.test(first.text))
      this.blocks[before] = { ...first, isTight: true };
  }

  private writeList(list: Element, place: Place): void {
    const isOrdered = list.localName === 'ol';
    let number = isOrdered ? Number(list.getAttribute('start') ?? 1) || 1 : 0;
    let isFirst = true;
    for (let child = list.firstChild; child; child = child.nextSibling) {
      if (child.nodeType !== Node.ELEMENT_NODE) {
        this.writeParagraphs(inlineMarkdown(child), place);
        continue;
      }
      const item = child as Element;
      if (item.localName !== 'li') {
        if (this.holdsBlocks(item)) this.writeBlock(item, place);
        else this.writeParagraphs(inlineMarkdown(item), place);
        continue;
      }
      if (isOrdered) number = Number(item.getAttribute('value')) || number;
      const before = this.blocks.length;
      this.writeItem(item, isOrdered ? `${Math.abs(number)}. ` : '- ', place);
      const first = this.blocks[before];
      const previous = this.blocks[before - 1];
      if (first && (!isFirst || place.isInList) && previous && !/`{3,}$/.test(previous.text))
        this.blocks[before] = { ...first, isTight: true };
      if (first) isFirst = false;
      if (isOrdered) number += 1;
    }
  }

  private writeItem(item: Element, mark: string, place: Place): void {
    this.writeChildren(item, { ...place, prefix: place.prefix + ' '.repeat(mark.length), marker: { value: mark }, isInList: true });
  }

  private writeTable(table: Element, place: Place): void {
    const rows = dataRowsOf(table);
    if (!rows) {
      this.writeChildren(table, place);
      return;
    }
    for (const caption of table.children) if (caption.localName === 'caption') this.writeStrong(caption, place);
    this.writeAtMargin(tableMarkdown(rows));
  }

  /** Two line breaks in a row are how many pages part paragraphs. */
  private writeParagraphs(inline: string, place: Place): void {
    for (const paragraph of inline.split(/(?<!\s)\s*\n\s*\n\s*/)) {
      const text = tidyInline(paragraph);
      if (text) this.push(text.split('\n').map(escapeLineStart).join('\n'), place);
    }
  }

  private push(text: string, place: Place): void {
    const { prefix, marker } = place;
    let first = prefix;
    if (marker?.value) {
      first = prefix.slice(0, prefix.length - marker.value.length) + marker.value;
      marker.value = '';
    }
    this.blocks.push({ text: first + text.replace(/\n/g, `\n${prefix}`), isTight: false });
  }

  private writeAtMargin(text: string): void {
    if (text) this.blocks.push({ text, isTight: false });
  }

  /** Whether a node is a block or has one in it. Each node is looked at once. */
  private holdsBlocks(node: Node): boolean {
    if (node.nodeType !== Node.ELEMENT_NODE) return false;
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const element = node as Element;
    let holds = isBlock(element);
    for (let child = element.firstElementChild; child && !holds; child = child.nextElementSibling) holds = this.holdsBlocks(child);
    this.known.set(node, holds);
    return holds;
  }
}
