import { inlineMarkdown, tidyInline } from './inline-markdown';

const mostColumns = 60;

/** Rows of a table that hold data, as lists of cells; `undefined` for a table that only arranges a page. */
export function dataRowsOf(table: Element): Element[][] | undefined {
  if (/^(presentation|none)$/.test(table.getAttribute('role') ?? '')) return undefined;
  if (table.querySelector('table, pre, h1, h2, h3, article, section')) return undefined;
  const rows = [...table.querySelectorAll('tr')].map((row) => [...row.children].filter((cell) => /^t[dh]$/.test(cell.localName)));
  const filled = rows.filter((row) => row.some((cell) => cell.textContent?.trim()));
  const columns = Math.max(0, ...filled.map((row) => row.length));
  if (filled.length === 0 || columns < 2 || columns > mostColumns) return undefined;
  if (!table.querySelector('th, caption, thead') && hasLongCells(filled)) return undefined;
  return filled;
}

/** Cells of several paragraphs are columns of a layout. */
function hasLongCells(rows: readonly (readonly Element[])[]): boolean {
  return rows.some((row) => row.some((cell) => cell.querySelectorAll('p, li, div').length > 6 && (cell.textContent?.length ?? 0) > 600));
}

/**
 * A table with bars. A cell is one line, whatever is in it. Cells that span columns are followed by empty ones, cells that span rows have empty ones
 * below, so that columns stay under their headings.
 */
export function tableMarkdown(rows: readonly (readonly Element[])[]): string {
  const grid: string[][] = rows.map(() => []);
  rows.forEach((row, rowIndex) => {
    let column = 0;
    for (const cell of row) {
      while (grid[rowIndex]?.[column] !== undefined) column += 1;
      const text = cellText(cell);
      const width = span(cell, 'colspan');
      const height = Math.min(span(cell, 'rowspan'), rows.length - rowIndex);
      for (let down = 0; down < height; down += 1) {
        for (let right = 0; right < width; right += 1) {
          const target = grid[rowIndex + down];
          if (target && column + right < mostColumns) target[column + right] = down === 0 && right === 0 ? text : '';
        }
      }
      column += width;
    }
  });
  const width = Math.max(...grid.map((row) => row.length));
  const lines = grid.map((row) => `| ${Array.from({ length: width }, (_, column) => row[column] ?? '').join(' | ')} |`);
  const rule = `| ${Array.from({ length: width }, () => '---').join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function span(cell: Element, attribute: string): number {
  return Math.min(mostColumns, Math.max(1, Number(cell.getAttribute(attribute)) || 1));
}

function cellText(cell: Element): string {
  const parts: string[] = [];
  const collect = (parent: Node) => {
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      const isBlock =
        child.nodeType === Node.ELEMENT_NODE &&
        /^(p|div|li|ul|ol|dl|dt|dd|figure|figcaption|blockquote)$/.test((child as Element).localName);
      if (isBlock) {
        parts.push(' ');
        collect(child);
        parts.push(' ');
      } else {
        parts.push(inlineMarkdown(child));
      }
    }
  };
  collect(cell);
  return tidyInline(parts.join('')).replace(/\n/g, ' ').replace(/\|/g, '\\|');
}
