import type { ProblemCode } from '../core/problem';

/** What one event of a stream says of one answer. */
export interface ReadChoice {
  /** From 0. */
  readonly answer: number;
  readonly text: string;
  readonly isEnd: boolean;
  /** What is wrong with an answer that ends as the protocol says. */
  readonly problem?: Extract<ProblemCode, 'model-refused' | 'model-cut-off'>;
}

/** Reads one of an event's `choices`, whatever a server has put there. A refusal in words is what the model has to say. */
export function readChoice(choice: unknown): ReadChoice {
  const { index, delta, text: plain, finish_reason: finish } = fieldsOf(choice);
  const { content, refusal } = fieldsOf(delta);
  const isRefusal = isText(refusal) || finish === 'content_filter';
  return {
    answer: Number.isInteger(index) ? Math.max(0, Number(index)) : 0,
    text: [content, refusal, plain].find(isText) ?? '',
    isEnd: isText(finish),
    ...(isRefusal ? { problem: 'model-refused' } : finish === 'length' ? { problem: 'model-cut-off' } : {}),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
