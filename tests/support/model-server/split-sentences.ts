/** A stretch of a passage that can stand as an answer. */
export interface Statement {
  readonly text: string;
  /** The same for the sentences of one paragraph or list item. */
  readonly block: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function sentencesOf(paragraph: string): string[] {
  return [...segmenter.segment(withoutMarkup(paragraph))].map((segment) => segment.segment.trim()).filter((sentence) => sentence !== '');
}

function cellsOf(row: string): string[] {
  const cells = row.split('|').map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '');
}

/** Cuts a passage of Markdown into sentences, list items, table rows and lines of code; headings are left out. */
export function splitSentences(markdown: string): Statement[] {
  const statements: Statement[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  let block = 0;
  const add = (texts: readonly string[]): void => {
    for (const text of texts) statements.push({ text, block });
    block += 1;
  };
  const endParagraph = (): void => {
    add(sentencesOf(paragraph.join(' ')));
    paragraph = [];
  };
  for (const line of markdown.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      endParagraph();
      fenced = !fenced;
    } else if (fenced) {
      if (line.trim()) add([`\`${line.trim().replaceAll('`', "'")}\``]);
    } else if (/^#{1,6}\s/.test(line)) {
      endParagraph();
    } else if (/^\s*\|/.test(line)) {
      endParagraph();
      if (!/^[\s|:-]+$/.test(line)) add([cellsOf(line).join(': ')]);
    } else if (/^\s*(?:[-*+]|\d+[.)])\s+/.test(line)) {
      endParagraph();
      paragraph.push(line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, ''));
    } else if (line.trim() === '') {
      endParagraph();
    } else {
      paragraph.push(line.replace(/^\s*>\s?/, ''));
    }
  }
  endParagraph();
  return statements;
}
