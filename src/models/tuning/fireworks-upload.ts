import * as v from 'valibot';
import { ProblemError, problemOf } from '../../core/problem';
import type { FileToUpload, UploadProgress } from '../tuning-service';
import { askPatiently } from './ask-patiently';
import type { FireworksRequest } from './fireworks-request';
import { name } from './read-reply';
import { waitFor } from './wait-for';

/** What the upload in one request takes; more would go to another server, by an address that is signed. */
const mostBytes = 150_000_000;
const attemptsToFindReady = 10;
const betweenAttemptsMs = 1_500;
const askAgainMs = 30_000;
/** How often all is sent without a word in reply before the person has to say that it is to be sent once more. */
const mostSilences = 3;

const datasetSchema = v.object({ state: v.optional(v.string(), 'STATE_UNSPECIFIED') });
const tokenSchema = v.object({ dataset: name, silences: v.optional(v.number(), 0) });

type Token = v.InferOutput<typeof tokenSchema>;

/** Asks below the account. @throws ProblemError */
export type AskAccount = <Schema extends v.GenericSchema>(
  schema: Schema,
  request: FireworksRequest,
  subject: 'file',
  signal: AbortSignal,
  silenceMs?: number,
) => Promise<v.InferOutput<Schema>>;

/**
 * Sends a file as a dataset: a record is made, the file is put into it in one request, and it is ready once it was looked through.
 * The record's name is noted first, so that what was cut off goes on with the same one.
 * @throws ProblemError `tuning-upload-silent` when the line is too slow for so much, or the service too silent
 * @returns the name of the dataset in full
 */
export async function uploadToFireworks(ask: AskAccount, account: string, file: FileToUpload, signal: AbortSignal): Promise<string> {
  const { size } = file.data;
  if (size > mostBytes) throw new ProblemError({ code: 'tuning-file-too-large' });
  const known = tokenOf(file.progress);
  const { dataset, silences } = known ?? { dataset: `commonplace-${crypto.randomUUID()}`, silences: 0 };
  const path = `/accounts/${account}/datasets`;
  const noteProgress = (sentBytes: number, silencesByNow: number) =>
    file.noteProgress({ sentBytes, token: JSON.stringify({ dataset, silences: silencesByNow } satisfies Token) });
  const stateNow = async () => (await ask(datasetSchema, { method: 'GET', path: `${path}/${dataset}` }, 'file', signal)).state;
  if (!known) await noteProgress(0, 0);
  const state = known ? await orGone(stateNow()) : undefined;
  if (state === undefined) {
    const body = { datasetId: dataset, dataset: { userUploaded: {} } };
    await askPatiently(() => ask(v.unknown(), { method: 'POST', path, body }, 'file', signal), signal);
  }
  if (state === undefined || (state !== 'READY' && (file.progress?.sentBytes ?? 0) < size)) {
    const send = () => {
      const form = new FormData();
      form.append('file', new File([file.data], file.name, { type: 'application/jsonl' }));
      return ask(v.unknown(), { method: 'POST', path: `${path}/${dataset}:upload`, body: form }, 'file', signal, silenceOf(size));
    };
    try {
      await askPatiently(send, signal);
    } catch (error) {
      if (problemOf(error).code !== 'model-silent') throw error;
      const isLast = silences + 1 === mostSilences;
      await noteProgress(0, isLast ? 0 : silences + 1);
      throw isLast ? new ProblemError({ code: 'tuning-upload-silent' }) : error;
    }
  }
  await noteProgress(size, silences);
  await untilReady(stateNow, signal);
  return `accounts/${account}/datasets/${dataset}`;
}

async function untilReady(stateNow: () => Promise<string>, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; (await stateNow()) !== 'READY'; attempt += 1) {
    if (attempt === attemptsToFindReady) throw new ProblemError({ code: 'model-busy', retryAfterMs: askAgainMs });
    await waitFor(betweenAttemptsMs, signal);
  }
}

/** For the answer to one request that carries all: at 100 kB a second, and what any may take. */
function silenceOf(bytes: number): number {
  return 90_000 + Math.ceil(bytes / 100);
}

function tokenOf(progress: UploadProgress | undefined): Token | undefined {
  const token = v.safeParse(v.pipe(v.string(), v.parseJson(), tokenSchema), progress?.token);
  return token.success && /^commonplace-[0-9a-f-]{36}$/.test(token.output.dataset) ? token.output : undefined;
}

async function orGone<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (/^tuning-(file-refused|job-gone|not-offered)$/.test(problemOf(error).code)) return undefined;
    throw error;
  }
}
