import { ByteReader } from '../../core/bytes/byte-stream';
import { unsealBytes } from '../../core/bytes/sealed-bytes';
import { TermMatcher, type WordMatches } from '../../core/lexical/match-terms';
import { PassageLengths } from '../../core/lexical/passage-lengths';
import { type MatchedPostings, type PassageScore, PassageSums } from '../../core/lexical/passage-sums';
import type { SoughtWord } from '../../core/lexical/proximity';
import { queryWords } from '../../core/lexical/query-words';
import { PassageScorer } from '../../core/lexical/score-passages';
import { type LightReads, lightReads } from '../light-reads';
import { emptyTotals, type Library, type Segment, type SegmentId } from '../schema';
import { DictionaryCache } from './dictionary-cache';
import { LaidOutPostings } from './laid-out-postings';
import { openSlabs, readSlabs, withUnmeasured } from './length-slabs';
import { LengthsCache } from './lengths-cache';
import { MatchesCache } from './matches-cache';
import { PostingsCache } from './postings-cache';
import { isInPlace, readable } from './segments';

export interface LexicalQuery {
  readonly text: string;
  readonly isUnfinished: boolean;
  readonly limit: number;
  /** Absent: all passages are. */
  readonly isWanted?: (passageId: number) => boolean;
}

export interface LexicalResult {
  /** The best first. */
  readonly passages: readonly PassageScore[];
  /** Of the library, whatever was wanted. */
  readonly pagesInLibrary: number;
  /** See `LibraryTotals.listRevision`. */
  readonly listRevision: number;
  /** Whether pages of the library are hidden that are to be deleted. */
  readonly hasDeletions: boolean;
  /** The words of the question, in order. */
  readonly words: readonly SoughtWord[];
  /** Of the passages that were searched, in terms. */
  readonly averageLength: number;
  /** Of the pages that were searched, ISO 639-1, the most frequent first. */
  readonly languages: readonly string[];
  /** ISO 639-1; undefined where the index does not tell. */
  readonly languageOf: (passageId: number) => string | undefined;
  /** Segments found damaged by this search or before. */
  readonly damaged: readonly Segment[];
  /** Whether some of the passages' lengths were found damaged. */
  readonly areLengthsDamaged: boolean;
  /** How many of the wanted passages could not be looked at for either. */
  readonly passagesDamaged: number;
  /** Segments whose terms had all to be looked through, because where their grams are was found damaged. */
  readonly lackingGrams: readonly Segment[];
}

/** Of a segment's passages, those that a word stands in whose postings may be laid out. */
const laidOutShare = 0.25;

/** What is kept in memory between searches by words. */
export class LexicalCache {
  readonly dictionaries = new DictionaryCache();
  readonly postings = new PostingsCache();
  readonly laidOut = new LaidOutPostings();
  readonly lengths = new LengthsCache();
  readonly sums = new PassageSums();
  readonly matches = new MatchesCache();

  /** Whether nothing was searched yet. */
  get isEmpty(): boolean {
    return this.lengths.isEmpty;
  }
}

/**
 * Ranks the passages that hold words of a question, as they stand at one moment. Reads every segment's dictionary (or has it in memory) and of the
 * postings those of the terms that answer to the question.
 */
export async function searchPostings(library: Library, query: LexicalQuery, cache: LexicalCache): Promise<LexicalResult> {
  const stores = ['segments', 'termDictionaries', 'postingBlocks', 'lengths', 'passageRuns', 'totals', 'deletions'] as const;
  const transaction = library.transaction(stores);
  const allSlabs = () => readSlabs({ lengths: lightReads(transaction.objectStore('lengths')) });
  const [totals = emptyTotals, allSegments, deletions, slabsReadAtOnce] = await Promise.all([
    transaction.objectStore('totals').get('library'),
    transaction.objectStore('segments').getAll(),
    transaction.objectStore('deletions').count(),
    cache.lengths.isEmpty ? allSlabs() : undefined,
  ]);
  const kept = cache.lengths.get(totals);
  const opened = kept ? undefined : openSlabs(slabsReadAtOnce ?? (await allSlabs()), 1, totals.nextPassageId);
  const allLengths = kept ?? new PassageLengths(opened?.byId ?? new Uint16Array());
  const areLengthsDamaged = opened !== undefined && opened.damaged.length > 0;
  const { unmeasured } = areLengthsDamaged
    ? await withUnmeasured({ passageRuns: lightReads(transaction.objectStore('passageRuns')) }, opened)
    : { unmeasured: [] };
  // What is damaged is read again each time: it may be made anew, or be read after all.
  if (!areLengthsDamaged) cache.lengths.keep(totals, allLengths);
  const lengths = query.isWanted ? wantedOf(allLengths, query.isWanted) : allLengths;
  const segments = allSegments.filter(readable);
  const damaged = allSegments.filter((segment) => segment.damaged && isInPlace(segment));
  const languages = languagesOf(segments);
  const words = queryWords(query.text, languages, query.isUnfinished);
  const searched = {
    pagesInLibrary: totals.pages,
    listRevision: totals.listRevision ?? 0,
    hasDeletions: deletions > 0,
    languages,
    languageOf: languagesByPassage(segments),
    damaged,
    areLengthsDamaged,
  };
  if (words.length === 0) return { passages: [], words: [], averageLength: 0, passagesDamaged: 0, lackingGrams: [], ...searched };

  cache.dictionaries.keepOnly(segments.map(({ id }) => id));
  const knownMatches = cache.matches.of(segments, lengths.passages);
  const known = words.map((word) => knownMatches.get(word));
  const matcher = new TermMatcher(words.filter((_, index) => !known[index]));
  const { grams } = matcher;
  const dictionaryStore = lightReads(transaction.objectStore('termDictionaries'));
  const dictionaries = await Promise.all(segments.map((segment) => cache.dictionaries.read(dictionaryStore, segment, grams)));
  const scorer = new PassageScorer(lengths, languages[0], cache.sums);
  dictionaries.forEach((dictionary, segment) => {
    for (const stretch of dictionary?.stretches ?? []) matcher.scan(stretch, segment);
    if (dictionary?.indexed) matcher.addIndexed({ segment, ...dictionary.indexed });
  });
  const found = matcher.matches((passages) => scorer.rarity(passages));
  const matches = known.map((matched) => matched ?? (found.shift() as WordMatches));
  const isWholeIndex = !dictionaries.includes(undefined);
  if (isWholeIndex) for (const [index, word] of words.entries()) knownMatches.keep(word, matches[index] as WordMatches);

  const blocks = await readBlocks(lightReads(transaction.objectStore('postingBlocks')), segments, matches, cache.postings);
  segments.forEach((segment, number) => {
    if (!dictionaries[number] || blocks.isDamaged(number)) damaged.push(segment);
  });
  const isWhole = (segment: Segment) => segment.deadCount === 0 && !query.isWanted && !holdsAny(segment, unmeasured);
  const areWhole = segments.map(isWhole);
  const sought = words.map(({ stems, emphasis, isOptional }, index): SoughtWord => {
    const { terms, gramWeight } = matches[index] ?? { terms: [], gramWeight: 0 };
    const matched: MatchedPostings[] = [];
    // A beginning has hundreds: they are made in one form.
    for (const { segment: number, block, offset, bytes, passages, isExact, similarity } of terms) {
      const read = blocks.get(number, block);
      const segment = segments[number];
      if (!read || !segment) continue;
      const { id, firstPassageId, passageCount } = segment;
      const postings = new ByteReader(read, offset, offset + bytes);
      const isCommon = passages >= passageCount * laidOutShare;
      const byPassage = isCommon ? () => cache.laidOut.get(`${id} ${block} ${offset}`, postings, passageCount) : undefined;
      matched.push({ postings, passages, firstPassageId, isWhole: areWhole[number] === true, isExact, similarity, byPassage });
    }
    return { stems, rarity: scorer.addWord(matched, gramWeight, emphasis, isOptional) };
  });
  return {
    passages: scorer.best(query.limit),
    words: sought,
    averageLength: lengths.average,
    passagesDamaged: countPassages(damaged, lengths.byId) + unmeasured.filter(query.isWanted ?? (() => true)).length,
    lackingGrams: segments.filter((_, number) => dictionaries[number]?.lacksGrams),
    ...searched,
  };
}

const holdsAny = ({ firstPassageId, passageCount }: Segment, ids: readonly number[]): boolean =>
  ids.some((id) => id >= firstPassageId && id < firstPassageId + passageCount);

function languagesOf(segments: readonly Segment[]): string[] {
  const passages = new Map<string, number>();
  for (const { languages } of segments) {
    for (const [language, count] of Object.entries(languages)) passages.set(language, (passages.get(language) ?? 0) + count);
  }
  const known = [...passages].sort((a, b) => b[1] - a[1]).map(([language]) => language);
  return known.length > 0 ? known : ['en'];
}

/** A segment tells which languages it has, so it tells each passage's when it has but one. What is of none that is known counts as the language it is stemmed by. */
function languagesByPassage(segments: readonly Segment[]): (passageId: number) => string | undefined {
  const single = segments.flatMap(({ firstPassageId, passageCount, languages }) => {
    const [language, ...others] = Object.keys(languages);
    return language && others.length === 0 ? [{ firstPassageId, end: firstPassageId + passageCount, language }] : [];
  });
  return (id) => single.find(({ firstPassageId, end }) => id >= firstPassageId && id < end)?.language;
}

/** Of those that are there and wanted. */
function countPassages(segments: readonly Segment[], lengths: Uint16Array): number {
  const inSegments = segments.map(({ firstPassageId, passageCount }) => lengths.subarray(firstPassageId, firstPassageId + passageCount));
  return inSegments.reduce((sum, part) => part.reduce((count, length) => (length > 0 ? count + 1 : count), sum), 0);
}

function wantedOf({ byId }: PassageLengths, isWanted: (passageId: number) => boolean): PassageLengths {
  return new PassageLengths(byId.map((length, id) => (length !== 0 && isWanted(id) ? length : 0)));
}

const none = new Uint8Array();

/** Reads each block that some term stands in, once. A segment that has a damaged one among them is left out whole. */
async function readBlocks(
  store: LightReads<Uint8Array>,
  segments: readonly Segment[],
  matches: readonly WordMatches[],
  cache: PostingsCache,
) {
  const read = segments.map(() => new Map<number, Uint8Array>());
  const damaged = new Set<number>();
  const missing: Promise<void>[] = [];
  const readMissing = async (segment: number, block: number) => {
    const id = segments[segment]?.id as SegmentId;
    const bytes = unsealBytes(await store.get([id, block]));
    if (!bytes) return void damaged.add(segment);
    cache.keep(id, block, bytes);
    read[segment]?.set(block, bytes);
  };
  for (const { terms } of matches) {
    for (const { segment, block } of terms) {
      if (read[segment]?.has(block)) continue;
      const kept = cache.get(segments[segment]?.id as SegmentId, block);
      // What is asked for already is not asked for again.
      read[segment]?.set(block, kept ?? none);
      if (!kept) missing.push(readMissing(segment, block));
    }
  }
  // Where all is there, nothing has to be waited for.
  if (missing.length > 0) await Promise.all(missing);
  return {
    isDamaged: (segment: number) => damaged.has(segment),
    get: (segment: number, block: number) => (damaged.has(segment) ? undefined : read[segment]?.get(block)),
  };
}
