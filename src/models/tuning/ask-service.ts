import type * as v from 'valibot';
import { ProblemError } from '../../core/problem';
import { readStart } from '../read-start';
import { readReply } from './read-reply';
import { type TuningSubject, tuningProblem } from './tuning-problem';

/** A request takes its time; asked later, it takes less. */
const silenceMs = 90_000;
/** A page of 100 jobs or events has some hundred thousand. */
const mostReplyCharacters = 5_000_000;

/**
 * Makes one request, with its reply.
 * @throws ProblemError any `model-…` or `tuning-…`; the signal's reason when it is aborted
 */
export async function askService<Answer>(
  apiKey: string,
  subject: TuningSubject,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Answer>,
  patienceMs = silenceMs,
): Promise<Answer> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await ask(AbortSignal.any([signal, patience]));
  } catch (error) {
    signal.throwIfAborted();
    if (patience.aborted) throw new ProblemError({ code: 'model-silent' });
    throw tuningProblem(error, apiKey, subject);
  }
}

/** What a server said, read by us and not by the package, which takes the form of it on trust. */
export async function replyOf<Schema extends v.GenericSchema>(
  schema: Schema,
  request: { asResponse(): Promise<Response> },
): Promise<v.InferOutput<Schema>> {
  const { body } = await request.asResponse();
  return readReply(schema, JSON.parse(body ? await readStart(body, mostReplyCharacters) : ''));
}
