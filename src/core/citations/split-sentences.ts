import { once } from '../once';
import type { Span } from '../text/span';

/** Longest stretch given to the sentence segmenter at once: it slows down on long unbroken input. */
const maximumSegmentedCharacters = 10_000;

/** What ends in a full stop in the middle of a sentence, in the languages that write so. */
const abbreviation = once(
  () =>
    /(?:^|[\s([„“"'«])(?:\p{Lu}|\p{L}\.\s?\p{L}|[Dd]r|Mr|Mrs|Ms|Prof|St|Mt|Lt|Col|Gen|Capt|Rev|Hon|Gov|Sen|Rep|vs|cf|ca|approx|No|Nr|nr|vol|Vol|pp|p|fig|Fig|ed|bzw|usw|vgl|ggf|inkl|sog|evtl|Mio|Mrd|Bd|Hr|Fr|Abb|Kap|M|Mme|Mlle|av|apr|env|Sra|Dra|Ud|Uds|pág|núm|Sig|dott|ing|avv|dhr|mevr|bijv|г|гг|др|им|тыс|млн|стр|рис|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*$/u,
);
/** «am 3. März» goes on after the full stop; «in 1974. Then» does not. */
const ordinal = /(?:^|\s)\d{1,2}\.\s*$/;
const writesOrdinalsSo = new Set(['de', 'da', 'no', 'fi', 'cs', 'sk', 'sl', 'hu', 'pl', 'tr', 'et', 'lv', 'hr', 'sr']);

/**
 * Cuts plain or lightly marked text into sentences, by the rules of its language and with full stops of abbreviations known for what they are.
 * @param text marks of emphasis and the like should have been made invisible, see `hideMarks`
 * @returns spans in order, without the white space around them
 */
export function splitSentences(text: string, language?: string): Span[] {
  const segmenter = sentenceSegmenter(language);
  const spans: { start: number; end: number }[] = [];
  for (let from = 0; from < text.length; from += maximumSegmentedCharacters) {
    let open: { start: number; end: number } | undefined;
    for (const { segment, index } of segmenter.segment(text.slice(from, from + maximumSegmentedCharacters))) {
      const start = from + index;
      const end = start + segment.length;
      if (open && goesOn(text.slice(open.start, open.end), segment, language)) open.end = end;
      else {
        open = { start, end };
        spans.push(open);
      }
    }
  }
  return spans
    .flatMap((span) => cutBeforeFigures(text, span, language))
    .map((span) => trimSpan(text, span))
    .filter(({ start, end }) => start < end);
}

/** Where a sentence begins with a figure or a quotation mark, which segmenters take for the middle of one when a small letter follows. */
const beginsUnlikely = once(() => /(?<=[\p{Ll}\p{N})\]"”»%]{2}[.!?…]["”»)\]]{0,2})\s+(?=[\p{N}"“«„$£€#])/gu);

function cutBeforeFigures(text: string, { start, end }: Span, language: string | undefined): Span[] {
  const spans: Span[] = [];
  const within = text.slice(start, end);
  let from = 0;
  for (const { index } of within.matchAll(beginsUnlikely())) {
    if (isAbbreviated(within.slice(Math.max(0, index - 40), index), language)) continue;
    spans.push({ start: start + from, end: start + index });
    from = index;
  }
  return [...spans, { start: start + from, end }];
}

function isAbbreviated(tail: string, language: string | undefined): boolean {
  return abbreviation().test(tail) || /\betc\.\s*$/.test(tail) || (writesOrdinalsSo.has(language ?? '') && ordinal.test(tail));
}

function goesOn(before: string, next: string, language: string | undefined): boolean {
  const tail = before.slice(-40);
  if (!/[\p{L}\p{N}]/u.test(next)) return true;
  if (isAbbreviated(tail, language) && !/\betc\.\s*$/.test(tail)) return true;
  return /[^.!?…。！？]\s*$/.test(tail.trimEnd()) && /^\s*\p{Ll}/u.test(next);
}

const segmenters = new Map<string, Intl.Segmenter>();

function sentenceSegmenter(language = 'und'): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (segmenter) return segmenter;
  try {
    segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  } catch {
    segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
  }
  segmenters.set(language, segmenter);
  return segmenter;
}

/** The span without white space, and marks made invisible, at its ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && /[\s\u2060]/.test(text[from] ?? '')) from++;
  while (to > from && /[\s\u2060]/.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
}
