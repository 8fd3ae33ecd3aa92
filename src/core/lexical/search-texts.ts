import type { PageId, PassageId } from '../pages/page';
import { splitPassages } from '../pages/split-passages';
import type { RankedPassage, SearchQuery } from '../search/search';
import { plainText } from '../text/plain-text';
import { analyzeText } from './analyze-text';
import { bm25, inverseDocumentFrequency, saturate } from './bm25';
import { holdsPhrase, wordsAsWritten } from './holds-words';
import { queryWords } from './query-words';

/** A page that is searched from its text alone. */
export interface SearchedText {
  readonly pageId: PageId;
  readonly version: number;
  readonly title: string;
  readonly text: string;
  /** ISO 639-1 */
  readonly language?: string;
  /** Where the pages of a PDF begin. */
  readonly partStarts?: readonly number[];
}

/** What a question asks of texts; they are in its scope already. */
export type TextQuery = Pick<SearchQuery, 'text' | 'phrases' | 'excluded' | 'limit'>;

/**
 * Searches a few pages that are in no index, by words: BM25F as in the index, but of whole words only.
 * @returns the best first; their ids are below zero, which no passage of the library has
 */
export function searchTexts(pages: readonly SearchedText[], { text, phrases = [], excluded = [], limit }: TextQuery): RankedPassage[] {
  const passages = countTerms(pages);
  const languages = [...new Set(pages.flatMap(({ language }) => language ?? []))];
  const words = queryWords(text, languages.length > 0 ? languages : ['en']);
  const averageLength = passages.reduce((sum, { length }) => sum + length, 0) / Math.max(1, passages.length);
  const weighed = words.map(({ stems, emphasis = 1 }) => {
    const holding = passages.filter(({ frequencies }) => stems.some((stem) => frequencies.has(stem))).length;
    const rarity = (count: number) => inverseDocumentFrequency(passages.length, count);
    // As in the index, a word that stands nowhere weighs as much as one that stands once.
    return { stems, rarity: emphasis * rarity(holding), weight: rarity(Math.max(1, holding)) };
  });
  const wholeWeight = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const ranked = passages
    .map((passage) => {
      let [score, weight] = [0, 0];
      for (const word of weighed) {
        const frequency = word.stems.reduce((sum, stem) => sum + (passage.frequencies.get(stem) ?? 0), 0);
        if (frequency === 0) continue;
        score += word.rarity * saturate(frequency, passage.length, averageLength);
        weight += word.weight;
      }
      return { passage, score, wordCoverage: wholeWeight > 0 ? Math.min(1, weight / wholeWeight) : 0 };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  const wanted = ranked.filter(({ passage }) => !excluded.some((unwanted) => holds(passage, unwanted)));
  const withPhrases = wanted.filter(({ passage }) => phrases.every((phrase) => holds(passage, phrase)));
  return (withPhrases.length > 0 ? withPhrases : wanted)
    .slice(0, limit)
    .map(({ passage, score, wordCoverage }) => ({ ...passage.place, score, wordCoverage }));
}

/**
 * The passages of pages that are in no index, in order. The first has the id -1, the next -2 and so on.
 */
export function passagesOfTexts(pages: readonly SearchedText[]): UnrankedPassage[] {
  return pages
    .flatMap(({ pageId, version, text, language, partStarts }) =>
      splitPassages(text, language, partStarts).map((span) => ({ pageId, version, ...span })),
    )
    .map((passage, index) => ({ passageId: (-1 - index) as PassageId, ...passage }));
}

export type UnrankedPassage = Omit<RankedPassage, 'score' | 'wordCoverage'>;

interface CountedPassage {
  readonly place: UnrankedPassage;
  /** What no phrase reaches out of. */
  readonly fields: readonly string[];
  readonly language: string | undefined;
  /** By term, weighed by the field. */
  readonly frequencies: ReadonlyMap<string, number>;
  /** In terms of the body. */
  readonly length: number;
}

function countTerms(pages: readonly SearchedText[]): CountedPassage[] {
  const byId = new Map(pages.map((page) => [page.pageId, page]));
  return passagesOfTexts(pages).flatMap((place) => {
    const page = byId.get(place.pageId);
    if (!page) return [];
    const { title, language } = page;
    const body = plainText(page.text.slice(place.start, place.end), place.startsInCode);
    const terms = analyzeText(body, language);
    const frequencies = new Map<string, number>();
    const count = (counted: readonly string[], weight: number) => {
      for (const term of counted) frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
    };
    count(terms, bm25.weights.body);
    count(analyzeText(place.headingPath.join(' '), language), bm25.weights.heading);
    count(analyzeText(title, language), bm25.weights.title);
    return [
      { place, fields: [title, ...place.headingPath, ...body.split('\n\n')], language, frequencies, length: Math.max(1, terms.length) },
    ];
  });
}

/** A word in all its forms, a phrase as it stands. */
function holds({ fields, language, frequencies }: CountedPassage, sought: string): boolean {
  const phrase = wordsAsWritten(sought);
  if (phrase.length === 1) return analyzeText(sought, language).every((term) => frequencies.has(term));
  return phrase.length > 0 && fields.some((field) => holdsPhrase(wordsAsWritten(field), phrase));
}
