import type { ProblemCode } from '../check/check-problem';
import type { TuningExample } from '../example';

/** Something in a file that is not as it should be, and was mended or passed over while it was read. */
export interface ReadFlaw {
  readonly code: Extract<
    ProblemCode,
    | 'bad-json'
    | 'rest-unread'
    | 'not-an-example'
    | 'unknown-key'
    | 'missing-key'
    | 'line-too-long'
    | 'too-large'
    | 'malformed-row'
    | 'wrong-type'
  >;
  /** The name of the key or the like; never more than 80 characters of the file. */
  readonly detail?: string;
}

/** What one place of a file holds. */
export interface ReadExample {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Absent when nothing could be made of it. */
  readonly example?: TuningExample;
  readonly flaws: readonly ReadFlaw[];
}

/** A piece of a file's text, in order; of whatever length. */
export type TextChunks = AsyncIterable<string>;

export function shortened(detail: string): string {
  return detail.length > 80 ? `${detail.slice(0, 79)}…` : detail;
}
