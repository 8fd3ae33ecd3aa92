import type { Mend } from './mend';

/** What the check can find. Each has its words in `public/_locales` under `tuning_<code>` (dashes as underscores). */
export type ProblemCode =
  // What the file is made of
  | 'bad-json'
  | 'rest-unread' // an object of a list never ends
  | 'not-an-example' // JSON, but of no form that is known
  | 'unknown-key' // the API would refuse it; it is left out
  | 'missing-key'
  | 'wrong-type'
  | 'line-too-long' // longer than any trainer takes
  | 'too-large' // more turns, or longer names, than are stored
  | 'malformed-row' // a quotation mark that is never closed
  // What an API refuses
  | 'wrong-role'
  | 'no-user-turn'
  | 'no-assistant-turn'
  | 'last-turn-not-assistant'
  | 'empty-turn'
  | 'wrong-weight'
  | 'nothing-learned' // each answer has the weight 0
  | 'tool-arguments'
  | 'tool-unknown' // calls what is not described
  | 'too-few' // fewer than a trainer takes
  // What makes a poor set
  | 'over-long'
  | 'repeats-itself'
  | 'placeholder'
  | 'duplicate'
  | 'near-duplicate'
  | 'contradiction'
  | 'in-both-splits'
  | 'rejected-same'
  | 'mixed-system-prompts'
  | 'imbalance'
  | 'no-validation'
  | 'no-denials' // no example says that it does not know
  // What nobody should send away
  | 'secret-key'
  | 'email-address'
  | 'card-number';

/** `error`: a trainer refuses it. `warning`: the set is the worse for it. `note`: worth knowing. */
export type ProblemLevel = 'error' | 'warning' | 'note';

export interface CheckProblem {
  readonly code: ProblemCode;
  readonly level: ProblemLevel;
  /** Of the example, or of the place in the file; absent when it is about the whole set. */
  readonly line?: number;
  /** Of the example in the set, counted from 0; absent when it is about the whole set or about what is no example. */
  readonly index?: number;
  /** The other example that it is about. */
  readonly otherLine?: number;
  /** A name, a number; at most 80 characters. */
  readonly detail?: string;
  /** What one click would do about it. */
  readonly mend?: Mend;
}
