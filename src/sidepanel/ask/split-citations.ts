import { findCitationMarks } from '../../core/citation-marks';

/** A run of text, or the numbers of one mark. */
export type CitationPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'mark'; readonly numbers: readonly number[] };

/** Cuts text at its citation marks. The space before a mark goes with it, for the mark may turn out to stand for nothing. */
export function splitCitations(text: string): CitationPiece[] {
  const pieces: CitationPiece[] = [];
  const addText = (run: string) => {
    if (run) pieces.push({ type: 'text', text: run });
  };
  let from = 0;
  for (const { start, end, numbers } of findCitationMarks(text)) {
    addText(text.slice(from, start).replace(/[ \t]+$/, ''));
    pieces.push({ type: 'mark', numbers });
    from = end;
  }
  addText(text.slice(from));
  return pieces;
}
