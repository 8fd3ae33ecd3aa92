import { type ComparedStretch, compareTexts } from '../pages/compare-texts';
import { keepKnownMarks } from './citation-marks';
import type { AnswerMessage, Source } from './conversation';

/** One of two answers, as it differs from the other. */
export interface DifferingAnswer {
  /** Its words, in paragraphs, without marks. */
  readonly paragraphs: readonly (readonly { readonly text: string; readonly differs: boolean }[])[];
  /** With whether the other has the same passage. */
  readonly sources: readonly { readonly source: Source; readonly isInBoth: boolean }[];
}

/** Compares what two answers say, word by word, and what they rest on. An answer that there is not has no words and no sources. */
export function answerDifferences(one: AnswerMessage | undefined, other: AnswerMessage | undefined): [DifferingAnswer, DifferingAnswer] {
  const stretches = compareTexts(wordsOf(one), wordsOf(other));
  return [
    { paragraphs: side(stretches, 'removed'), sources: sourcesBeside(one, other) },
    { paragraphs: side(stretches, 'added'), sources: sourcesBeside(other, one) },
  ];
}

function wordsOf(answer: AnswerMessage | undefined): string {
  return keepKnownMarks(answer?.text ?? '', new Set());
}

function side(stretches: readonly ComparedStretch[], own: 'added' | 'removed'): DifferingAnswer['paragraphs'] {
  return stretches.flatMap((stretch) => {
    if (stretch.kind === 'same') return stretch.blocks.map((text) => [{ text, differs: false }]);
    const words = stretch.words.filter(({ change }) => change === undefined || change === own);
    return words.length > 0 ? [words.map(({ text, change }) => ({ text, differs: change === own }))] : [];
  });
}

function sourcesBeside(answer: AnswerMessage | undefined, beside: AnswerMessage | undefined): DifferingAnswer['sources'] {
  const places = new Set((beside?.sources ?? []).map(placeOf));
  return (answer?.sources ?? []).map((source) => ({ source, isInBoth: places.has(placeOf(source)) }));
}

function placeOf({ pageId, version, start, end }: Source): string {
  return [pageId, version, start, end].join(' ');
}
