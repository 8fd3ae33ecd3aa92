import type { Brand } from '../../brand';
import type { AnswerMessage } from '../../conversation/conversation';
import type { Problem } from '../../problem';
import type { Turn } from '../../prompt/build-prompt';

/** Sorts as the comparisons were begun. */
export type JudgementId = Brand<string, 'JudgementId'>;

/** One of the two that are compared. */
export interface JudgedSide {
  readonly model: string;
  /** It answers from the library, by the steps of any answer; else the question is all that it gets. */
  readonly withRetrieval: boolean;
}

/** What is compared over which questions. */
export interface JudgementPlan {
  readonly sides: readonly [JudgedSide, JudgedSide];
  readonly questions:
    | { readonly kind: 'held-out'; readonly count: number }
    | { readonly kind: 'typed'; readonly texts: readonly string[]; readonly instructions?: string };
  /** Draws the questions. */
  readonly seed: number;
}

/** What a question is asked with. */
export interface JudgedQuestion {
  readonly text: string;
  /** What was said before it, the oldest first. */
  readonly history?: readonly Turn[];
  /** What the one who answers is told to be like. */
  readonly instructions?: string;
  /** What an example says should be answered. */
  readonly reference?: string;
}

export const mostJudgedQuestions = 200;
/** Of a typed question, and of the instructions that come with them. */
export const mostJudgedCharacters = 20_000;

/** `answering` goes on by itself, also in a worker that starts anew; a `problem` is why it does not. */
export type JudgementState = 'answering' | 'stopped' | 'answered';

/** A comparison. Its pairs are counted from 1. */
export interface JudgementRun {
  readonly kind: 'run';
  readonly id: JudgementId;
  readonly number: 0;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly plan: JudgementPlan;
  readonly pairs: number;
  readonly state: JudgementState;
  readonly problem?: Problem;
  /** It is known which answer is whose: no vote counts from then on. */
  readonly isRevealed?: true;
}

/** What is kept of an answer. */
export type JudgedAnswer = Pick<
  AnswerMessage,
  'status' | 'kind' | 'text' | 'sources' | 'report' | 'check' | 'problem' | 'usage' | 'durationMs'
>;

export const votes = ['a', 'b', 'equal', 'neither'] as const;
export type Vote = (typeof votes)[number];

/** A question with what the two sides answered. */
export interface JudgedPair {
  readonly kind: 'pair';
  readonly id: JudgementId;
  readonly number: number;
  readonly question: JudgedQuestion;
  /** Drawn by lot: the first side's answer is shown as B, and the second's as A. */
  readonly isSwapped: boolean;
  /** Of the first side, once there is one. */
  readonly first?: JudgedAnswer;
  readonly second?: JudgedAnswer;
  readonly vote?: Vote;
}

export type StoredJudgement = JudgementRun | JudgedPair;

/** @param unique no other that was begun in the same millisecond has it */
export function judgementId(createdAt: number, unique: string): JudgementId {
  return `${createdAt.toString(36).padStart(9, '0')}-${unique}` as JudgementId;
}

export function isWhole(pair: JudgedPair): pair is JudgedPair & Required<Pick<JudgedPair, 'first' | 'second'>> {
  return pair.first !== undefined && pair.second !== undefined;
}

/** The same model asked in the same way twice has nothing to tell. */
export function isComparable({ sides: [one, other] }: Pick<JudgementPlan, 'sides'>): boolean {
  return one.model !== other.model || one.withRetrieval !== other.withRetrieval;
}
