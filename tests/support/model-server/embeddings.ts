import { ApiError, unknownModel } from './api-error';
import type { Catalogue } from './catalogue';
import { countTokens, decodeTokens } from './count-tokens';
import { embedText, normalise } from './embed-text';

export const embeddingLimits = { inputs: 2_048, tokensPerInput: 8_192, tokensPerRequest: 300_000 } as const;

interface Input {
  readonly text: string;
  readonly tokens: number;
}

function refuseInput(message: string, code = 'invalid_value'): ApiError {
  return new ApiError(400, `Invalid 'input': ${message}`, { param: 'input', code });
}

function isTokenList(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((token) => Number.isInteger(token));
}

function readInputs(input: unknown): Input[] {
  if (input === undefined)
    throw new ApiError(400, "Missing required parameter: 'input'.", { param: 'input', code: 'missing_required_parameter' });
  const list: readonly unknown[] = Array.isArray(input) && !isTokenList(input) ? input : [input];
  if (list.length === 0) throw refuseInput('the array is empty; at least one text is needed.', 'empty_array');
  if (list.length > embeddingLimits.inputs) {
    throw refuseInput(`the array has ${list.length} entries and may have ${embeddingLimits.inputs} at most.`, 'array_above_max_length');
  }
  return list.map((entry, index) => {
    if (entry === '' || (Array.isArray(entry) && entry.length === 0)) throw refuseInput(`entry ${index} is empty.`, 'empty_string');
    if (typeof entry === 'string') return { text: entry, tokens: countTokens(entry) };
    if (isTokenList(entry)) return { text: decodeTokens(entry), tokens: entry.length };
    throw refuseInput(`entry ${index} is neither a text nor a list of tokens.`, 'invalid_type');
  });
}

function checkTokens(inputs: readonly Input[]): number {
  for (const [index, { tokens }] of inputs.entries()) {
    if (tokens <= embeddingLimits.tokensPerInput) continue;
    throw new ApiError(
      400,
      `This model's maximum context length is ${embeddingLimits.tokensPerInput} tokens, but entry ${index} of the input has ${tokens}.`,
      {
        param: 'input',
        code: 'context_length_exceeded',
      },
    );
  }
  const total = inputs.reduce((sum, { tokens }) => sum + tokens, 0);
  if (total > embeddingLimits.tokensPerRequest) {
    throw new ApiError(400, `The input has ${total} tokens; a request may have ${embeddingLimits.tokensPerRequest} at most.`, {
      type: 'max_tokens_per_request',
      code: 'max_tokens_per_request',
    });
  }
  return total;
}

function readDimensions(value: unknown, most: number): number {
  if (value === undefined) return most;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new ApiError(400, `Invalid value for 'dimensions': it must be a whole number from 1 to ${most}.`, {
    param: 'dimensions',
    code: 'invalid_value',
  });
}

function readEncoding(value: unknown): 'float' | 'base64' {
  if (value === undefined || value === 'float') return 'float';
  if (value === 'base64') return 'base64';
  throw new ApiError(400, "Invalid value for 'encoding_format': it must be 'float' or 'base64'.", {
    param: 'encoding_format',
    code: 'invalid_value',
  });
}

/**
 * Answers POST /embeddings.
 * @param floatOnly ignore a wish for base64, as some servers do.
 * @throws ApiError for anything OpenAI would refuse.
 */
export function createEmbeddings(body: Readonly<Record<string, unknown>>, catalogue: Catalogue, floatOnly: boolean): object {
  const model = String(body.model ?? '');
  const entry = catalogue.get(model);
  if (!entry) throw unknownModel(model);
  if (entry.kind !== 'embedding') throw new ApiError(403, `The model \`${model}\` makes no embeddings.`, { param: 'model' });
  const dimensions = readDimensions(body.dimensions, entry.dimensions);
  const encoding = floatOnly ? 'float' : readEncoding(body.encoding_format);
  const inputs = readInputs(body.input);
  const tokens = checkTokens(inputs);
  const data = inputs.map(({ text }, index) => {
    const whole = embedText(text, model, entry.dimensions);
    const vector = dimensions === entry.dimensions ? whole : normalise(whole.slice(0, dimensions));
    const embedding =
      encoding === 'base64' ? Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64') : [...vector];
    return { object: 'embedding', index, embedding };
  });
  return { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}
