import { findCitationMarks } from '../../../core/conversation/citation-marks';

/** A run of text, perhaps flagged; the numbers of one mark; a source cited for a checked sentence; or the note that nothing bears one out. */
export type CitationPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'flagged'; readonly text: string }
  | { readonly type: 'mark'; readonly numbers: readonly number[] }
  | { readonly type: 'citation'; readonly sentence: number; readonly number: number }
  | { readonly type: 'not-from-pages'; readonly sentence: number };

const annotated = /\uE020(?:c(\d+):(\d+)|n(\d+))\uE021|\uE022([^\uE020-\uE023]*)\uE023|[\uE020-\uE023]/gu;

/**
 * Cuts text at its citation marks and at what `annotateAnswer` has put in. The space before a mark goes with it, for the mark may turn out to stand for
 * nothing.
 */
export function splitCitations(text: string): CitationPiece[] {
  const pieces: CitationPiece[] = [];
  let from = 0;
  for (const { 0: whole, 1: sentence, 2: number, 3: unsupported, 4: flagged, index } of text.matchAll(annotated)) {
    const before = text.slice(from, index);
    pieces.push(...splitMarks(flagged === undefined ? withoutTrailingSpace(before) : before));
    if (sentence !== undefined) pieces.push({ type: 'citation', sentence: Number(sentence), number: Number(number) });
    else if (unsupported !== undefined) pieces.push({ type: 'not-from-pages', sentence: Number(unsupported) });
    else if (flagged) pieces.push({ type: 'flagged', text: flagged });
    from = index + whole.length;
  }
  pieces.push(...splitMarks(text.slice(from)));
  return pieces;
}

function splitMarks(text: string): CitationPiece[] {
  const pieces: CitationPiece[] = [];
  const addText = (run: string) => {
    if (run) pieces.push({ type: 'text', text: run });
  };
  let from = 0;
  for (const { start, end, numbers } of findCitationMarks(text)) {
    addText(withoutTrailingSpace(text.slice(from, start)));
    pieces.push({ type: 'mark', numbers });
    from = end;
  }
  addText(text.slice(from));
  return pieces;
}

/** Not by a pattern, which would look through a long run of spaces again from each of them. */
function withoutTrailingSpace(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(0, end);
}
