import * as v from 'valibot';
import { ProblemError, problemOf } from '../../core/problem';
import { openModelServer, type ServerAddress } from '../model-server';
import type { FileToUpload, UploadProgress } from '../tuning-service';
import { askPatiently } from './ask-patiently';
import { askService, replyOf } from './ask-service';
import { name, seconds } from './read-reply';

/**
 * What was sent of a request is lost when the worker dies or the line breaks: so little at once that not much is.
 * The API takes parts of up to 64 MB (https://platform.openai.com/docs/api-reference/uploads/add-part).
 */
export const partBytes = 2 * 2 ** 20;
/** What is left of an upload's hour must do for a part and the end. */
const leastTimeLeftMs = 60_000;
/** The API takes 8 GB in all. */
const mostBytes = 8 * 2 ** 30;

const fileSchema = v.object({ id: name });
const uploadSchema = v.object({ id: name, expires_at: seconds });
const completedSchema = v.object({ file: fileSchema });
const tokenSchema = v.object({ upload: name, expiresAt: v.number(), parts: v.array(name) });

type Token = v.InferOutput<typeof tokenSchema>;

/**
 * Sends a file to train from: at once when it is small, else by the Uploads API, part by part.
 * @returns the file's id
 */
export async function uploadToOpenAi(address: ServerAddress, file: FileToUpload, signal: AbortSignal): Promise<string> {
  if (file.data.size > mostBytes) throw new ProblemError({ code: 'tuning-file-too-large' });
  if (file.data.size <= partBytes) return uploadWhole(address, file, signal);
  const known = tokenOf(file.progress);
  if (known) {
    try {
      return await uploadParts(address, file, known, signal);
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
  // It has expired, or what the server has is not what was noted of it.
  await file.noteProgress({ sentBytes: 0 });
  try {
    return await uploadParts(address, file, await beginUpload(address, file, signal), signal);
  } catch (error) {
    throw isLost(error) ? new ProblemError({ ...problemOf(error), code: 'tuning-upload-broken' }) : error;
  }
}

async function uploadWhole(
  address: ServerAddress,
  { name: fileName, data, noteProgress }: FileToUpload,
  signal: AbortSignal,
): Promise<string> {
  const { id } = await askPatiently(
    () =>
      askService(address.apiKey, 'file', signal, (within) =>
        replyOf(
          fileSchema,
          openModelServer(address).files.create({ file: named(data, fileName), purpose: 'fine-tune' }, { signal: within }),
        ),
      ),
    signal,
  );
  await noteProgress({ sentBytes: data.size });
  return id;
}

async function beginUpload(address: ServerAddress, { name: filename, data }: FileToUpload, signal: AbortSignal): Promise<Token> {
  const asked = { filename, bytes: data.size, mime_type: 'text/jsonl', purpose: 'fine-tune' } as const;
  const upload = await askPatiently(
    () =>
      askService(address.apiKey, 'file', signal, (within) =>
        replyOf(uploadSchema, openModelServer(address).uploads.create(asked, { signal: within })),
      ),
    signal,
  );
  return { upload: upload.id, expiresAt: upload.expires_at, parts: [] };
}

/** Each part is noted before the next is sent, so that no more than one is ever sent twice. */
async function uploadParts(address: ServerAddress, file: FileToUpload, token: Token, signal: AbortSignal): Promise<string> {
  const server = openModelServer(address);
  const { upload, expiresAt } = token;
  const parts = [...token.parts];
  for (let from = parts.length * partBytes; from < file.data.size; from = parts.length * partBytes) {
    const data = named(file.data.slice(from, from + partBytes), file.name);
    const part = await askPatiently(
      () =>
        askService(address.apiKey, 'upload', signal, (within) =>
          replyOf(fileSchema, server.uploads.parts.create(upload, { data }, { signal: within })),
        ),
      signal,
    );
    parts.push(part.id);
    await file.noteProgress({ sentBytes: Math.min(from + partBytes, file.data.size), token: JSON.stringify({ upload, expiresAt, parts }) });
  }
  const completed = await askPatiently(
    () =>
      askService(address.apiKey, 'upload', signal, (within) =>
        replyOf(completedSchema, server.uploads.complete(upload, { part_ids: parts }, { signal: within })),
      ),
    signal,
  );
  return completed.file.id;
}

/** What was noted, if it can still be gone on with. */
function tokenOf(progress: UploadProgress | undefined): Token | undefined {
  if (!progress?.token) return undefined;
  const token = v.safeParse(v.pipe(v.string(), v.parseJson(), tokenSchema), progress.token);
  return token.success && token.output.expiresAt - Date.now() > leastTimeLeftMs ? token.output : undefined;
}

function isLost(error: unknown): boolean {
  return problemOf(error).code === 'tuning-upload-broken';
}

function named(data: Blob, fileName: string): File {
  return new File([data], fileName, { type: 'application/jsonl' });
}
