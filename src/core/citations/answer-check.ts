import type { Span } from '../text/span';

/**
 * - `supported`: the sources bear it out, see `support`.
 * - `unsupported`: they do not.
 * - `unchecked`: it is in another language than they are, so that its words cannot be compared with theirs.
 */
export type Verdict = 'supported' | 'unsupported' | 'unchecked';

/** A sentence of a source that bears out a sentence of an answer. Offsets are into the text of the source's page version. */
export interface Support extends Span {
  /** Of the source. */
  readonly source: number;
  /** As a reader sees it. */
  readonly quote: string;
  /** The page's address with a text fragment that leads to the quotation. */
  readonly liveUrl: string;
}

/** One sentence of an answer that claims something. Offsets are into the answer's text. */
export interface CheckedSentence extends Span {
  readonly verdict: Verdict;
  /** The best first. */
  readonly support: readonly Support[];
  /** Numbers, names and dates that stand in none of the sources that are cited for the sentence. */
  readonly unknown: readonly Span[];
}

/** What came of comparing an answer with its sources, sentence by sentence. */
export interface AnswerCheck {
  /** In order. What is not among them claims nothing, or stands after `checkedUpTo`. */
  readonly sentences: readonly CheckedSentence[];
  /** Where the check was ended because it took too long. */
  readonly checkedUpTo?: number;
}
