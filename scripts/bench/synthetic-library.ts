import { type PassageSpan, splitPassages } from '../../src/core/pages/split-passages';
import { seededShares, seedOf } from './seeded-random';
import { SyntheticVectors } from './synthetic-vectors';
import { rankOfWord, spellWord } from './synthetic-words';

/** A page as it is captured, cut up as those that people save are. */
export interface SyntheticPage {
  readonly title: string;
  readonly markdown: string;
  readonly spans: readonly PassageSpan[];
  /** One for each span, of length 1. */
  readonly vectors: readonly Float32Array[];
}

export interface SyntheticQuestion {
  readonly text: string;
  /** Of length 1. */
  readonly vector: Float32Array;
}

/** So many words make a passage of the usual size, a little more or less. */
const wordsPerPassage = 180;
/** About so many passages make a page. */
export interface PageSize {
  readonly least: number;
  readonly most: number;
}

const usualPageSize: PageSize = { least: 10, most: 20 };
const paragraphsPerSection = 6;
const sentencesPerParagraph = 4;
/** Natural logarithms of the words in a sentence: a median of 18, one in twenty above 40. */
const sentenceLength = { mean: Math.log(18), deviation: 0.5 } as const;

/** Of a text's words: those that its topic comes back to, and those that the page does. The rest is the language's. */
const topicShare = 0.15;
const pageShare = 0.1;
const topicWords = 60;
const pageWords = 12;
/** More frequent words than this belong to no topic. */
const leastTopicRank = 200;

/** Of all words used, those so frequent that they stand in nearly every passage or page: half of them, some 170 words. */
const commonShare = 0.5;
const questionsPerMistake = 10;

/** Pages that look, to an index, like what people save. Each is made by its number alone, so a library of any size takes no memory. */
export class SyntheticLibrary {
  readonly #vectors: SyntheticVectors;

  constructor(
    readonly dimensions: number,
    readonly seed = 1,
    readonly pageSize = usualPageSize,
  ) {
    this.#vectors = new SyntheticVectors(dimensions, seed);
  }

  /** @param passages of the page at most, to end a library at a certain size */
  page(number: number, passages = Number.POSITIVE_INFINITY): SyntheticPage {
    const text = this.#text(number);
    const spans = splitPassages(text.markdown, 'en').slice(0, passages);
    const markdown = text.markdown.slice(0, spans.at(-1)?.end ?? 0);
    return { title: text.title, markdown, spans, vectors: this.#vectors.ofPassages(number, spans.length) };
  }

  /** All pages of a library of so many passages, in order. */
  *pages(passages: number): Generator<SyntheticPage> {
    for (let number = 0, left = passages; left > 0; number++) {
      const page = this.page(number, left);
      left -= page.spans.length;
      yield page;
    }
  }

  /** A question as people put them: a few words of a passage that stands in the library, one now and then mistyped, amid words that stand everywhere. */
  question(number: number, passagesInLibrary: number): SyntheticQuestion {
    const share = seededShares(seedOf(this.seed, 10, number));
    const page = Math.floor((share() * passagesInLibrary) / this.pageSize.most);
    const { markdown } = this.#text(page);
    const spans = splitPassages(markdown, 'en').slice(0, this.pageSize.least / 2);
    const place = Math.floor(share() * spans.length);
    const span = spans[place];
    const words =
      markdown
        .slice(span?.start, span?.end)
        .toLowerCase()
        .match(/[a-z]+/g) ?? [];
    const telling = words.filter((word) => word.length >= 6);
    const asked = Array.from({ length: 4 }, () => telling[Math.floor(share() * telling.length)] ?? '');
    const common = Array.from({ length: 4 }, () => spellWord(rankOfWord(share() * commonShare)));
    const mistyped = number % questionsPerMistake === 0 ? asked.map((word, at) => (at === 0 ? swapLetters(word) : word)) : asked;
    return { text: [...common, ...mistyped].join(' '), vector: this.#vectors.ofQuestion(page, place, number) };
  }

  #text(page: number): { title: string; markdown: string } {
    const share = seededShares(seedOf(this.seed, 11, page));
    const word = this.#wordsOf(page, share);
    const heading = () => capitalized([word(), word(), word()].join(' '));
    const title = heading();
    const passages = this.pageSize.least + share() * (this.pageSize.most - this.pageSize.least);
    const blocks: string[] = [];
    for (let words = 0; words < passages * wordsPerPassage; ) {
      if (blocks.length % (paragraphsPerSection + 1) === 0) blocks.push(`## ${heading()}`);
      const sentences = Array.from({ length: sentencesPerParagraph }, () => {
        const length = sentenceWords(share);
        words += length;
        return `${capitalized(Array.from({ length }, word).join(' '))}.`;
      });
      blocks.push(sentences.join(' '));
    }
    return { title, markdown: blocks.join('\n\n') };
  }

  /** Draws words of a page. */
  #wordsOf(page: number, share: () => number): () => string {
    const ofTopic = rareWords(seededShares(seedOf(this.seed, 12, this.#vectors.topicOf(page))), topicWords);
    const ofPage = rareWords(share, pageWords);
    const oneOf = (words: readonly string[]) => words[Math.floor(share() * words.length)] ?? '';
    return () => {
      const kind = share();
      if (kind < topicShare) return oneOf(ofTopic);
      return kind < topicShare + pageShare ? oneOf(ofPage) : spellWord(rankOfWord(share()));
    };
  }
}

function rareWords(share: () => number, count: number): string[] {
  const words: string[] = [];
  while (words.length < count) {
    const rank = rankOfWord(share());
    if (rank >= leastTopicRank) words.push(spellWord(rank));
  }
  return words;
}

function sentenceWords(share: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
  return Math.max(3, Math.round(Math.exp(sentenceLength.mean + sentenceLength.deviation * normal)));
}

/** As hasty fingers do. */
const swapLetters = (word: string): string => word.slice(0, 2) + word.charAt(3) + word.charAt(2) + word.slice(4);

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
