import type { ConversationId, MessageId } from '../core/conversation/conversation';
import type { CheckProblem } from '../core/tuning/check/check-problem';
import type { HistogramBin } from '../core/tuning/check/histogram';
import type { Mend } from '../core/tuning/check/mend';
import type { SetLevel } from '../core/tuning/check/set-level';
import type { ExampleSplit, TuningExample } from '../core/tuning/example';
import type { ExampleMark } from '../core/tuning/mark-example';
import type { ExampleId, StoredExample, Verdict } from '../core/tuning/stored-example';

/** What a person made of an answer. */
export interface AnswerVerdict {
  readonly answerId: MessageId;
  readonly verdict: Verdict;
  /** What they would have answered. */
  readonly text?: string;
}

/** Which examples; all of it must hold. */
export interface ExampleFilter {
  /** Is in one of its turns, its answers or its source, whatever the case. */
  readonly text?: string;
  readonly tag?: string;
  readonly split?: ExampleSplit;
}

/** A problem with the example that it is about. */
export interface StoredProblem extends CheckProblem {
  readonly id?: ExampleId;
  /** Of the example as it was checked. */
  readonly revision?: number;
}

/** What training one model on the examples would cost. */
export interface TrainingPrice {
  readonly model: string;
  /** Of one epoch, as far as the model trains them. */
  readonly tokens: number;
  readonly epochs: number;
  readonly usd: number;
  readonly usdPerMillionTrained: number;
  /** When the price was looked up, ISO 8601. */
  readonly date: string;
}

export interface ExampleCheck {
  readonly examples: number;
  readonly validation: number;
  /** Those that have an answer and are not kept for validation. */
  readonly trained: number;
  readonly level: SetLevel;
  readonly counts: readonly (readonly [code: CheckProblem['code'], count: number])[];
  /** A line is the number of an example in the set, counted from 1. Not all of those of a code, if there are very many. */
  readonly problems: readonly StoredProblem[];
  readonly tokensPerTurn: readonly HistogramBin[];
  readonly tokensPerExample: readonly HistogramBin[];
  readonly prices: readonly TrainingPrice[];
}

export interface FoundExamples {
  /** In the order in which they were added. */
  readonly ids: readonly ExampleId[];
  /** All that any example has. */
  readonly tags: readonly string[];
  /** How many examples there are, whatever the filter leaves. */
  readonly total: number;
}

/** What an example comes to in training, as OpenAI counts it. */
export interface ExampleTokenCounts {
  readonly withSystemPrompt: number;
  readonly withoutSystemPrompt: number;
}

/** Examples that are sent or read at once. */
export const mostExamplesAtOnce = 500;
/** Of all that are read or sent at once, but for one that is longer by itself. The browser takes messages of 64 MiB, and a character may become 6 bytes. */
export const mostExampleCharactersAtOnce = 4_000_000;

/** What may be asked of the worker about examples to train on. */
export interface ExampleRequests {
  /**
   * Makes an example of an answer, or takes it back. With a `text`, that is the good answer and the model's the rejected one. With a `rejectedId`, that is
   * another answer to the same question, which is the worse one.
   */
  'examples/judge': { data: { answerId: MessageId; verdict: Verdict | 'none'; text?: string; rejectedId?: MessageId }; reply: null };
  /** Of the answers in a conversation, those that were judged. */
  'examples/verdicts': { data: { conversationId: ConversationId }; reply: readonly AnswerVerdict[] };
  'examples/find': { data: { filter: ExampleFilter }; reply: FoundExamples };
  /** In the order of the ids, without those that are gone. Of very long ones the reply has only the first: what comes after its last one is asked for again. */
  'examples/read': { data: { ids: readonly ExampleId[] }; reply: readonly StoredExample[] };
  /** Counts one exactly. */
  'examples/count-tokens': { data: { id: ExampleId }; reply: ExampleTokenCounts };
  /**
   * Adds examples of a file, some at a time.
   * @param startedAt when the import began, and `first` the place of the first of these in it: the order stays that of the file
   */
  'examples/add': { data: { examples: readonly TuningExample[]; startedAt: number; first: number }; reply: null };
  /**
   * Stores an example in the place of the one that was seen. Another that stands there by now stays, and the reply is the problem `example-changed`.
   * @param revision of the one that was seen, 0 when it has none
   */
  'examples/change': { data: { id: ExampleId; revision: number; example: TuningExample }; reply: null };
  'examples/delete': { data: { ids: readonly ExampleId[] }; reply: null };
  /** Tags examples, takes tags from them, or puts them on a side of the split; at most `mostExamplesAtOnce`. Those that are gone stay gone. */
  'examples/mark': { data: { ids: readonly ExampleId[]; mark: ExampleMark }; reply: null };
  /**
   * Deletes examples, at most `mostExamplesAtOnce`, so that they can be put back for a while.
   * @param deletedAt in milliseconds since 1970; those deleted together have the same
   */
  'examples/set-aside': { data: { ids: readonly ExampleId[]; deletedAt: number }; reply: null };
  /** What can be put back. */
  'examples/deleted': { data: null; reply: readonly { deletedAt: number; count: number }[] };
  'examples/put-back': { data: { deletedAt: number }; reply: null };
  /** Deletes for good what was deleted at that time. */
  'examples/forget': { data: { deletedAt: number }; reply: null };
  /** Mends each as is said, in order: all of them or, if one is no longer what was seen, none, with the problem `example-changed`. */
  'examples/mend': { data: { examples: readonly { id: ExampleId; revision: number; mends: readonly Mend[] }[] }; reply: null };
  /** Puts each of these examples on a side of the split; the same seed and share give the same sides. */
  'examples/split': { data: { ids: readonly ExampleId[]; seed: number; validationShare: number }; reply: null };
  /** Checks all of them, and tells how far it is (see `examples-checked`). */
  'examples/check': { data: null; reply: ExampleCheck };
  /** Ends the checking, whose reply is the problem `interrupted`. */
  'examples/stop-check': { data: null; reply: null };
}
