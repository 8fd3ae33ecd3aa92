import { findCitationMarks } from '../conversation/citation-marks';
import { unknownLanguage } from '../lexical/analyze-text';
import type { Span } from '../text/span';
import { alignSentence, type SourceSentence, type Sources } from './align-sentence';
import type { Verdict } from './answer-check';
import { guessLanguage } from './guess-language';
import { isClaim, isExcuse } from './is-claim';
import { hideMarks, markdownSentences } from './markdown-sentences';
import type { Measures } from './measures';
import { type SentenceTerm, sentenceTerms } from './sentence-terms';
import { supportThreshold } from './support-score';
import { CitationTermIndex } from './term-index';

/** What a claim may rest on. */
export interface CheckedPassage {
  /** The `[n]` it is cited by. */
  readonly number: number;
  /** Markdown. */
  readonly text: string;
  /** What else is known of it: the title of its page, the headings it stands under. */
  readonly around?: string;
  /** ISO 639-1: what it is taken for where its words do not tell. */
  readonly language?: string | undefined;
}

export interface AlignedSentence extends Span {
  readonly passage: CheckedPassage;
}

export interface SentenceCheck extends Span {
  readonly verdict: Verdict;
  /** 0 to 1; see `supportThreshold`. */
  readonly score: number;
  /** Offsets are into the text of the passage. */
  readonly support: readonly AlignedSentence[];
  /** What came nearest, whether it bears the sentence out or not. */
  readonly nearest: readonly AlignedSentence[];
  readonly measures?: Measures;
  /** See `CheckedSentence`. */
  readonly unknown: readonly Span[];
}

/** What is longer is no sentence, and is compared by its beginning. */
const maximumSentenceCharacters = 2_000;

/**
 * Compares each sentence of an answer that claims something with the passages: which of their sentences bear it out, and what in it stands in none of
 * those cited.
 * @param answer Markdown with `[n]` marks, which are a hint where there are any
 * @param known further words that nobody need bear out: the question
 * @returns checks in the order of the answer, one at a time, so that whoever asks can stop
 */
export function* checkAnswer(answer: string, passages: readonly CheckedPassage[], known = ''): Generator<SentenceCheck> {
  const blank = hideMarks(withoutMarks(answer));
  const sources = readSources(passages);
  // A short answer is taken to be in the language of what it was written from.
  const language = guessLanguage(blank) ?? sources.languages.find((spoken) => spoken !== undefined);
  const knownTerms = new CitationTermIndex();
  knownTerms.add(0, sentenceTerms(known.slice(0, maximumSentenceCharacters), language ?? unknownLanguage));
  const marks = findCitationMarks(answer);
  let nextMark = 0;
  const sentences = markdownSentences(withoutMarks(answer), language);
  for (const [place, { start, end, kind }] of sentences.entries()) {
    const nextStart = sentences[place + 1]?.start ?? answer.length;
    const numbers = new Set<number>();
    for (let mark = marks[nextMark]; mark && mark.start < nextStart; mark = marks[++nextMark])
      for (const number of mark.numbers) numbers.add(number);
    const text = blank.slice(start, Math.min(end, start + maximumSentenceCharacters));
    const terms = sentenceTerms(text, language ?? unknownLanguage);
    if (!isClaim(text, kind, terms)) continue;
    const marked = new Set(passages.flatMap(({ number }, index) => (numbers.has(number) ? [index] : [])));
    const check = checkSentence(terms, text, language, passages, sources, marked, knownTerms, start);
    if (check.verdict !== 'supported' && isExcuse(text)) continue;
    yield { start, end, ...check };
  }
}

/** The text with each mark made into as many spaces. */
function withoutMarks(answer: string): string {
  let blank = '';
  let from = 0;
  for (const { start, end } of findCitationMarks(answer)) {
    blank += answer.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return blank + answer.slice(from);
}

function readSources(passages: readonly CheckedPassage[]): Sources & { readonly languages: readonly (string | undefined)[] } {
  const sentences: SourceSentence[] = [];
  const ranges: Span[] = [];
  const index = new CitationTermIndex();
  const around = new CitationTermIndex();
  const languages: (string | undefined)[] = [];
  for (const [passage, { text, around: beside = '', language }] of passages.entries()) {
    const blank = hideMarks(text);
    // Many pages claim to be in another language than they are.
    const spoken = guessLanguage(blank) ?? language;
    languages.push(spoken);
    const first = sentences.length;
    for (const { start, end } of markdownSentences(text, spoken)) {
      const terms = sentenceTerms(blank.slice(start, Math.min(end, start + maximumSentenceCharacters)), spoken ?? unknownLanguage);
      index.add(sentences.length, terms);
      sentences.push({ passage, start, end, terms });
    }
    ranges.push({ start: first, end: sentences.length });
    around.add(passage, sentenceTerms(beside, spoken ?? unknownLanguage));
  }
  return { sentences, ranges, index, around, languages };
}

function checkSentence(
  terms: readonly SentenceTerm[],
  text: string,
  language: string | undefined,
  passages: readonly CheckedPassage[],
  sources: ReturnType<typeof readSources>,
  marked: ReadonlySet<number>,
  known: CitationTermIndex,
  offset: number,
): Omit<SentenceCheck, 'start' | 'end'> {
  const { sentences, score, measures } = alignSentence(terms, sources, marked);
  const isSupported = score >= supportThreshold;
  const nearest = sentences.flatMap((place): AlignedSentence[] => {
    const sentence = sources.sentences[place];
    const passage = sentence && passages[sentence.passage];
    return passage ? [{ passage, start: sentence.start, end: sentence.end }] : [];
  });
  const cited = new Set([...marked, ...(isSupported ? sentences.map((place) => sources.sentences[place]?.passage ?? -1) : [])]);
  const where = cited.size > 0 ? cited : new Set(passages.keys());
  const isForeign =
    !isSupported && language !== undefined && [...where].every((passage) => (sources.languages[passage] ?? language) !== language);
  const unknown = unknownSpans(terms, text, where, sources, known, isForeign).map(({ start, end }) => ({
    start: offset + start,
    end: offset + end,
  }));
  const verdict = isSupported ? 'supported' : isForeign ? 'unchecked' : 'unsupported';
  return { verdict, score, support: isSupported ? nearest : [], nearest, unknown, ...(measures ? { measures } : {}) };
}

/** Numbers and names that stand in none of the passages, nor around them, nor in the question. */
function unknownSpans(
  terms: readonly SentenceTerm[],
  text: string,
  where: ReadonlySet<number>,
  { index, around, sentences }: Sources,
  known: CitationTermIndex,
  isForeign: boolean,
): Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const term of terms) {
    // Names are written otherwise in other languages, and so are months.
    const isTold = term.kind === 'number' || (!isForeign && (term.kind === 'name' || term.term.startsWith('month ')));
    if (!isTold || known.matchesOf(term).size > 0) continue;
    if ([...around.matchesOf(term).keys()].some((passage) => where.has(passage))) continue;
    if ([...index.matchesOf(term).keys()].some((place) => where.has(sentences[place]?.passage ?? -1))) continue;
    const last = spans.at(-1);
    if (last && /^[\s,.]{0,2}$/.test(text.slice(last.end, term.start))) last.end = term.end;
    else spans.push({ start: term.start, end: term.end });
  }
  return spans;
}
