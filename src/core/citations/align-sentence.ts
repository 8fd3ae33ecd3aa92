import type { Span } from '../text/span';
import type { Measures } from './measures';
import type { SentenceTerm } from './sentence-terms';
import { supportScore } from './support-score';
import type { CitationTermIndex, TermMatches } from './term-index';

/** A sentence of a passage, as it can be pointed to. */
export interface SourceSentence extends Span {
  /** Its passage, by place. */
  readonly passage: number;
  readonly terms: readonly SentenceTerm[];
}

export interface Sources {
  readonly sentences: readonly SourceSentence[];
  readonly index: CitationTermIndex;
  /** Of each passage: its first sentence and the one after its last, by place. */
  readonly ranges: readonly Span[];
  /** What stands around each passage: the title of its page, headings. As an index in which each passage is one sentence. */
  readonly around: CitationTermIndex;
}

export interface Alignment {
  /** Places of sentences, the best first. */
  readonly sentences: readonly number[];
  /** How likely they are to bear the claim out: 0 to 1. */
  readonly score: number;
  /** What the score is made of; absent when there is nothing to compare with. */
  readonly measures?: Measures;
}

const weights = { function: 0.08, word: 1, name: 1.4, number: 1.8 } as const;
/** A word that stands in another sentence of the passage, or in its headings, counts as much of one that stands in the sentence itself. */
const contextShare = 0.55;
/** Sentences speak of what was named before without naming it again: that counts as much of a name as stands in them. */
const namedBeforeShare = 0.8;
/** Where the answer has a mark, sentences of that source come first among equals. */
const markedBonus = 0.06;
/** A further sentence must bring as much of the claim that the ones before do not have. */
const leastGain = 0.2;
const leastGainNumber = 0.1;
const sentencesAtMost = 3;
const candidatesLookedAt = 8;

interface WeighedTerm {
  readonly term: SentenceTerm;
  readonly weight: number;
  readonly matches: TermMatches;
}

/**
 * Finds the sentences that bear a claim out: the one that has most of what it says, and such others as have what is missing there.
 * @param marked passages, by place, that the answer cites for it
 */
export function alignSentence(terms: readonly SentenceTerm[], sources: Sources, marked: ReadonlySet<number>): Alignment {
  const { sentences, index } = sources;
  const count = sentences.length;
  const weighed = terms.map((term): WeighedTerm => {
    const matches = index.matchesOf(term);
    // What is in most sentences tells them little apart; it is what they all are about.
    const rarity = Math.log(1 + count / (matches.size + 1)) / Math.log(1 + count || 2);
    return { term, matches, weight: weights[term.kind] * (0.4 + 0.6 * Math.min(1, rarity)) };
  });
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0 || count === 0) return { sentences: [], score: 0 };

  const covered = new Map<number, number>();
  for (const { matches, weight } of weighed) {
    for (const [sentence, strength] of matches) covered.set(sentence, (covered.get(sentence) ?? 0) + weight * strength);
  }
  const rank = (sentence: number) =>
    (covered.get(sentence) ?? 0) / total +
    (marked.has(sentences[sentence]?.passage ?? -1) ? markedBonus : 0) +
    closeness(weighed, sentence, sources);
  const candidates = [...covered.keys()]
    .map((sentence) => ({ sentence, rank: rank(sentence) }))
    .sort((one, other) => other.rank - one.rank || one.sentence - other.sentence)
    .slice(0, candidatesLookedAt)
    .map(({ sentence }) => sentence);

  let best: Alignment = { sentences: [], score: 0 };
  for (const first of candidates.slice(0, 3)) {
    const chosen = [first];
    while (chosen.length < sentencesAtMost) {
      const next = furtherSentence(chosen, candidates, weighed, total, sources);
      if (next === undefined) break;
      chosen.push(next);
    }
    // The first may have become needless by those that were found for what it lacks.
    if (chosen.length > 1 && !gainOf(first, chosen.slice(1), weighed, total, sources).isEnough) chosen.shift();
    const measures = measure(chosen, weighed, total, sources);
    const score = supportScore(measures);
    // A single one, unless more are clearly better.
    if (score > best.score + (best.sentences.length > 0 ? 0.03 * chosen.length : 0)) best = { sentences: chosen, score, measures };
  }
  return best;
}

/** A little for a sentence whose passage has the rest of the claim around it. */
function closeness(weighed: readonly WeighedTerm[], sentence: number, { sentences, ranges }: Sources): number {
  const range = ranges[sentences[sentence]?.passage ?? -1];
  if (!range) return 0;
  let around = 0;
  let total = 0;
  for (const { matches, weight } of weighed) {
    total += weight;
    if (matches.has(sentence)) continue;
    for (let place = range.start; place < range.end; place++) {
      if (matches.has(place)) {
        around += weight;
        break;
      }
    }
  }
  return (0.1 * around) / (total || 1);
}

function strengthIn(chosen: readonly number[], matches: TermMatches): number {
  let best = 0;
  for (const sentence of chosen) best = Math.max(best, matches.get(sentence) ?? 0);
  return best;
}

function furtherSentence(
  chosen: readonly number[],
  candidates: readonly number[],
  weighed: readonly WeighedTerm[],
  total: number,
  sources: Sources,
): number | undefined {
  let best: { sentence: number; gain: number } | undefined;
  for (const sentence of candidates) {
    if (chosen.includes(sentence)) continue;
    const { share, isEnough, isAtHand } = gainOf(sentence, chosen, weighed, total, sources);
    // Of a passage that is at hand already, more readily.
    const gain = share + (isAtHand ? 0.05 : 0);
    if (isEnough && gain > (best?.gain ?? 0)) best = { sentence, gain };
  }
  return best?.sentence;
}

/** What a sentence has of the claim that the others do not have. */
function gainOf(sentence: number, others: readonly number[], weighed: readonly WeighedTerm[], total: number, sources: Sources) {
  const { sentences } = sources;
  const isAtHand = others.some((other) => sentences[other]?.passage === sentences[sentence]?.passage);
  let gain = 0;
  let words = 0;
  let hasNumber = false;
  for (const { term, matches, weight } of weighed) {
    const more = (matches.get(sentence) ?? 0) - strengthIn(others, matches);
    if (more <= 0 || term.kind === 'function') continue;
    // «It was opened in 1931» speaks of what its passage calls by its name elsewhere: the name is no reason to point to that too.
    if (term.kind === 'name' && others.some((other) => isNamedBeside(other, matches, sources))) continue;
    gain += more * weight;
    words += 1;
    hasNumber ||= term.kind === 'number';
  }
  const share = gain / total;
  return { share, isAtHand, isEnough: words >= 2 && share >= (hasNumber ? leastGainNumber : leastGain) };
}

/** Whether a word stands anywhere in the passage of a sentence. */
function isNamedBeside(sentence: number, matches: TermMatches, { sentences, ranges }: Sources): boolean {
  const { start = 0, end = 0 } = ranges[sentences[sentence]?.passage ?? -1] ?? {};
  for (let place = start; place < end; place++) if (matches.has(place)) return true;
  return false;
}

function measure(chosen: readonly number[], weighed: readonly WeighedTerm[], total: number, sources: Sources): Measures {
  const passages = [...new Set(chosen.map((sentence) => sources.sentences[sentence]?.passage ?? -1))];
  let covered = 0;
  let inContext = 0;
  let numbersMissing = 0;
  let namesMissing = 0;
  for (const { term, matches, weight } of weighed) {
    const here = strengthIn(chosen, matches);
    covered +=
      Math.max(here, term.kind === 'name' && here === 0 ? namedBeforeShare * strengthBefore(chosen, matches, term, sources) : 0) * weight;
    const around = here === 1 ? 1 : Math.max(here, contextShare * contextStrength(passages, matches, term, sources));
    inContext += around * weight;
    if (here === 0) {
      if (term.kind === 'number') numbersMissing += 1;
      else if (term.kind === 'name' && around === 0) namesMissing += 1;
    }
  }
  const content = chosen.flatMap((sentence) => sources.sentences[sentence]?.terms ?? []);
  return {
    covered: covered / total,
    coveredInContext: inContext / total,
    numbersMissing,
    namesMissing,
    negationDiffers: weighed.some(({ term }) => isNegation(term)) !== content.some(isNegation),
    sentences: chosen.length,
  };
}

/** How well a name stands in what is read before the chosen sentences: their passages' earlier sentences, headings and title. */
function strengthBefore(
  chosen: readonly number[],
  matches: TermMatches,
  term: SentenceTerm,
  { sentences, ranges, around }: Sources,
): number {
  let best = 0;
  for (const sentence of chosen) {
    const passage = sentences[sentence]?.passage ?? -1;
    best = Math.max(best, around.matchesOf(term).get(passage) ?? 0);
    for (let place = ranges[passage]?.start ?? sentence; place < sentence; place++) best = Math.max(best, matches.get(place) ?? 0);
  }
  return best;
}

function contextStrength(passages: readonly number[], matches: TermMatches, term: SentenceTerm, { ranges, around }: Sources): number {
  let best = 0;
  const named = around.matchesOf(term);
  for (const passage of passages) {
    best = Math.max(best, named.get(passage) ?? 0);
    const range = ranges[passage];
    for (let place = range?.start ?? 0; place < (range?.end ?? 0); place++) best = Math.max(best, matches.get(place) ?? 0);
  }
  return best;
}

const negations = new Set(
  `not no never none nobody nothing neither nor without cannot n't don't didn't doesn't isn't wasn't aren't weren't won't couldn't can't nicht kein keine keinen keiner nie niemals
   ne pas jamais aucun aucune no nunca jamás ningún ninguna non mai nessun nessuna não nunca nenhum nenhuma niet geen nooit не ни нет никогда لا لم لن ليس नहीं ない ません 不 没 没有 未 inte aldrig değil nie`.split(
    /\s+/,
  ),
);

function isNegation({ word }: SentenceTerm): boolean {
  return negations.has(word.replaceAll('’', "'"));
}
