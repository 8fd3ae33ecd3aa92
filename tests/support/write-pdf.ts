/** A line of text, in points from the page's lower left corner. */
export interface PdfTextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

export interface PdfDescription {
  readonly pages: readonly (readonly PdfTextLine[])[];
  readonly info?: Readonly<Record<string, string>>;
  /** Needs a password that nobody knows. */
  readonly isLocked?: boolean;
}

/** A4. */
export const pageHeight = 842;
const pageWidth = 595;

/** A PDF of plain lines in Helvetica (ISO 32000-1), Latin-1 letters only. */
export function writePdf({ pages, info, isLocked = false }: PdfDescription): Buffer {
  const objects: string[] = [];
  const add = (object: string) => objects.push(object);
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (const lines of pages) {
    const content = lines.map(({ text, x, y, size = 11 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${literal(text)}) Tj ET`).join('\n');
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents ${objects.length + 2} 0 R ${resources} >>`);
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  const entries = Object.entries(info ?? {}).map(([key, value]) => `/${key} (${literal(value)})`);
  add(`<< ${entries.join(' ')} >>`);
  let trailer = `/Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R`;
  if (isLocked) {
    const nothing = `<${'5a'.repeat(32)}>`;
    trailer += ` /Encrypt << /Filter /Standard /V 1 /R 2 /O ${nothing} /U ${nothing} /P -4 >> /ID [${nothing} ${nothing}]`;
  }
  return assemblePdf(objects, trailer);
}

/** @param objects what stands between `1 0 obj` and `endobj`, and so on, in Latin-1 */
export function assemblePdf(objects: readonly string[], trailer: string): Buffer {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function literal(text: string): string {
  return text.replace(/[\\()]/g, '\\$&');
}

/** Lines under one another, from the top. */
export function column(lines: readonly string[], place: { x?: number; top?: number; size?: number; leading?: number } = {}): PdfTextLine[] {
  const { x = 72, top = 720, size = 11, leading = 14 } = place;
  return lines.map((text, index) => ({ text, x, y: top - index * leading, size }));
}
