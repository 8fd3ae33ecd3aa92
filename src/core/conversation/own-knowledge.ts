import type { AnswerCheck } from '../citations/answer-check';
import type { Span } from '../text/span';
import { keepKnownMarks } from './citation-marks';

/** What a model is told to begin each paragraph with that rests on none of the pages, where it may write such. */
export const ownMark = '[own]';

/** A part of an answer: from pages, or of the model's own. */
export interface AnswerPart {
  readonly isOwn: boolean;
  readonly text: string;
}

/** The paragraphs that begin with the mark, in order. One in the middle of a paragraph, or in code, is text like any other. */
export function ownParagraphs(text: string): Span[] {
  const own: Span[] = [];
  let open: Span | undefined;
  let isBetween = true;
  let fence: string | undefined;
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const [, marker] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (marker?.startsWith(fence)) fence = undefined;
    } else if (line.trim() === '') {
      open = undefined;
      isBetween = true;
    } else {
      if (isBetween && line.startsWith(ownMark)) {
        open = { start: at, end };
        own.push(open);
      }
      isBetween = false;
      fence = marker;
    }
    if (open && line.trim() !== '') {
      open = { start: open.start, end };
      own[own.length - 1] = open;
    }
    at = end + 1;
  }
  return own;
}

/** An answer cut where the model's own knowledge begins and ends, without the marks. What is its own cites nothing. */
export function splitOwnKnowledge(text: string): AnswerPart[] {
  const parts: AnswerPart[] = [];
  const add = (isOwn: boolean, part: string) => {
    if (part.trim() === '') return;
    const last = parts.at(-1);
    if (last?.isOwn === isOwn) parts[parts.length - 1] = { isOwn, text: `${last.text}\n\n${part}` };
    else parts.push({ isOwn, text: part });
  };
  let from = 0;
  for (const { start, end } of ownParagraphs(text)) {
    add(false, text.slice(from, start).trimEnd());
    add(true, keepKnownMarks(text.slice(start + ownMark.length, end), new Set()).trimStart());
    from = end;
  }
  add(false, text.slice(from).replace(/^\n+/, ''));
  return parts;
}

/** A check without what is said of sentences that the pages need not bear out. */
export function checkOfPages(check: AnswerCheck, text: string): AnswerCheck {
  const own = ownParagraphs(text);
  return { ...check, sentences: check.sentences.filter(({ start }) => !own.some((span) => span.start <= start && start < span.end)) };
}
