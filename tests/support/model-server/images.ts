import { crc32, deflateSync } from 'node:zlib';
import { ApiError, unknownModel } from './api-error';
import type { Catalogue } from './catalogue';
import { countTokens } from './count-tokens';

type Body = Readonly<Record<string, unknown>>;

const sizes = ['1024x1024', '1536x1024', '1024x1536', 'auto'];
const qualities = ['low', 'medium', 'high', 'auto'];
/** As OpenAI counts an image of low quality. */
const imageTokens = 272;

function invalid(parameter: string, message: string): ApiError {
  return new ApiError(400, `Invalid value for '${parameter}': ${message}`, { param: parameter, code: 'invalid_value' });
}

/** A PNG of one colour, large enough to be seen. */
export function onePicture(side = 64): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([26, 92, 88]))]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

/**
 * Answers POST /images/generations. A model that links gives an address unless it is told otherwise, as the older ones do; any other refuses to be told.
 * @param linked the address of a picture
 * @throws ApiError for anything OpenAI would refuse.
 */
export function createImage(body: Body, catalogue: Catalogue, linked: string): object {
  const { model, prompt, n = 1, size = 'auto', quality = 'auto', response_format: format } = body;
  const entry = catalogue.get(String(model ?? ''));
  if (!entry) throw unknownModel(String(model));
  if (entry.kind !== 'image') throw new ApiError(400, `The model \`${String(model)}\` makes no images.`, { param: 'model' });
  if (typeof prompt !== 'string' || prompt === '') throw invalid('prompt', 'a text is needed.');
  if (n !== 1) throw invalid('n', 'this server makes one image.');
  if (!sizes.includes(String(size))) throw invalid('size', `it must be one of ${sizes.join(', ')}.`);
  if (!qualities.includes(String(quality))) throw invalid('quality', `it must be one of ${qualities.join(', ')}.`);
  if (format !== undefined && !entry.links)
    throw new ApiError(400, "Unknown parameter: 'response_format'.", { param: 'response_format', code: 'unknown_parameter' });
  const created = Math.floor(Date.now() / 1_000);
  if (entry.links && format !== 'b64_json') return { created, data: [{ url: linked }] };
  if (entry.links && entry.links !== 'own') return { created, data: [{ url: entry.links }] };
  const [text, total] = [countTokens(prompt), countTokens(prompt) + imageTokens];
  return {
    created,
    data: [{ b64_json: onePicture().toString('base64') }],
    usage: {
      input_tokens: text,
      output_tokens: imageTokens,
      total_tokens: total,
      input_tokens_details: { text_tokens: text, image_tokens: 0 },
    },
  };
}
