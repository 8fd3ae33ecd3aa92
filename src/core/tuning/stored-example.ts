import type { Brand } from '../brand';
import type { ConversationId, MessageId } from '../conversation/conversation';
import type { TuningExample } from './example';

/** Sorts as the examples were added. */
export type ExampleId = Brand<string, 'ExampleId'>;

/**
 * What a person made of an answer.
 * - `good`: it is as it should be.
 * - `bad`: it is what is not to be said.
 * - `edited`: it is not to be said, and what is instead was written.
 * - `chosen`: of two answers it is the better one.
 */
export const verdicts = ['good', 'bad', 'edited', 'chosen'] as const;
export type Verdict = (typeof verdicts)[number];

export interface StoredExample {
  readonly id: ExampleId;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly example: TuningExample;
  /** How often it was changed; absent: never. Who changes it says which one was seen. */
  readonly revision?: number;
  /** Present when it came of an answer; there is one example of each. */
  readonly answerId?: MessageId;
  readonly conversationId?: ConversationId;
  readonly verdict?: Verdict;
}

/** @param unique no other example that was made in the same millisecond has it */
export function exampleId(createdAt: number, unique: string): ExampleId {
  return `${createdAt.toString(36).padStart(9, '0')}-${unique}` as ExampleId;
}
