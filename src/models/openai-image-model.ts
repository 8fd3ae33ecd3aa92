import { APIError, type OpenAI } from 'openai';
import { bytesOfBase64 } from '../core/bytes/base64';
import { mostPictureBytes, pictureTypeOf } from '../core/conversation/picture';
import type { TokensUsed } from '../core/models/model-prices';
import { ProblemError } from '../core/problem';
import type { ImageModel, ImageRequest, MadeImage } from './image-model';
import { modelProblem } from './model-problem';
import { openModelServer, type ServerAddress } from './model-server';

/** A picture takes a minute or two, in which the server says nothing. */
const silenceMs = 240_000;

/** A model behind the images endpoint of an OpenAI-compatible server. */
export function openAiImageModel(address: ServerAddress, name: string): ImageModel {
  return { name, make: (request, signal, onUsed) => makeImage(address, name, request, signal, onUsed) };
}

async function makeImage(
  address: ServerAddress,
  name: string,
  request: ImageRequest,
  signal: AbortSignal,
  onUsed?: (used: TokensUsed) => void,
): Promise<MadeImage> {
  try {
    const reply = await generate(address, name, request, signal);
    const used = tokensOf(reply.usage);
    if (used) onUsed?.(used);
    const [image] = reply.data ?? [];
    const bytes = image?.b64_json ? decode(image.b64_json) : image?.url ? await download(image.url, address, signal) : undefined;
    const type = bytes && pictureTypeOf(bytes);
    if (!bytes || !type) throw new ProblemError({ code: 'picture-unreadable' });
    return { bytes, type, ...(used ? { used } : {}) };
  } catch (error) {
    throw modelProblem(error, address.apiKey);
  }
}

/** Models of the GPT family give the bytes and refuse to be told to; others give an address unless they are told. */
async function generate(address: ServerAddress, name: string, { prompt, size, quality }: ImageRequest, signal: AbortSignal) {
  const server = openModelServer(address, silenceMs);
  const asked = {
    model: name,
    prompt,
    n: 1,
    ...(size === 'auto' ? {} : { size: size as '1024x1024' }),
    ...(quality === 'auto' ? {} : { quality: quality as 'low' }),
  };
  if (/^gpt-image/.test(name)) return server.images.generate(asked, { signal });
  try {
    return await server.images.generate({ ...asked, response_format: 'b64_json' }, { signal });
  } catch (error) {
    if (!(error instanceof APIError) || error.status !== 400 || !/response_format/.test(`${error.param} ${error.message}`)) throw error;
    return server.images.generate(asked, { signal });
  }
}

/** @throws ProblemError `picture-unreadable` when it is no base64, or too much of it */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  if (base64.length > (mostPictureBytes * 4) / 3 + 4) throw new ProblemError({ code: 'picture-unreadable' });
  try {
    return bytesOfBase64(base64);
  } catch {
    throw new ProblemError({ code: 'picture-unreadable' });
  }
}

/**
 * Gets a picture from the server that made it, and from nowhere else: the person has allowed requests to that one only.
 * @throws ProblemError `picture-elsewhere`, `picture-unreadable`
 */
async function download(url: string, { baseUrl, apiKey }: ServerAddress, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (!URL.canParse(url)) throw new ProblemError({ code: 'picture-unreadable' });
  const { origin, host } = new URL(url);
  if (origin !== new URL(baseUrl).origin) throw new ProblemError({ code: 'picture-elsewhere', detail: host });
  const headers: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const response = await fetch(url, { signal, headers, redirect: 'error', credentials: 'omit' });
  if (!response.ok || !response.body) throw new ProblemError({ code: 'picture-unreadable', detail: String(response.status) });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostPictureBytes) {
      await reader.cancel();
      throw new ProblemError({ code: 'picture-unreadable' });
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tokensOf(usage: OpenAI.ImagesResponse.Usage | undefined): TokensUsed | undefined {
  if (!usage || !Number.isFinite(usage.input_tokens) || !Number.isFinite(usage.output_tokens)) return undefined;
  return { promptTokens: usage.input_tokens, completionTokens: usage.output_tokens };
}
