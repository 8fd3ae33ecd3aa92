import * as v from 'valibot';
import type { OfferedModel } from '../core/models/offered-model';

const maximumModels = 5_000;
const maximumParameters = 200;

/** Wherever a server says something else in its place, it says nothing. */
const optional = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.fallback(v.nullable(schema), null as never));
const tokens = optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000)));
/** One router writes prices as texts. */
const amount = optional(
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.maxLength(40), v.nonEmpty())]),
    v.transform(Number),
    v.number(),
    v.minValue(0),
    v.maxValue(1_000_000),
  ),
);

const modelSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  // Of OpenRouter and Together, of Groq, of vLLM, of Mistral and LM Studio, of llama.cpp.
  context_length: tokens,
  context_window: tokens,
  max_model_len: tokens,
  max_context_length: tokens,
  meta: optional(v.object({ n_ctx_train: tokens })),
  // OpenRouter's are for one token, Together's for a million.
  pricing: optional(v.object({ prompt: amount, completion: amount, input: amount, output: amount })),
  supported_parameters: optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(maximumParameters))),
  type: optional(v.string()),
});

/**
 * The models of a server's list, each with what is said of it in any of the ways in which common servers say that. What is no model is left out.
 * @param reply as it came; `undefined` is returned when it is no list
 */
export function readOfferedModels(reply: unknown): OfferedModel[] | undefined {
  const list = Array.isArray(reply) ? reply : reply && typeof reply === 'object' && 'data' in reply ? reply.data : undefined;
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, maximumModels).flatMap((item: unknown) => {
    const model = v.safeParse(modelSchema, item);
    return model.success ? [offered(model.output)] : [];
  });
}

function offered(model: v.InferOutput<typeof modelSchema>): OfferedModel {
  const { id, pricing, supported_parameters: accepts, type } = model;
  const contextTokens =
    model.context_length ?? model.context_window ?? model.max_model_len ?? model.max_context_length ?? model.meta?.n_ctx_train;
  const price = pricing && priceOf(pricing);
  const use = type === 'embedding' || type === 'embeddings' || /\bembed(ding)?s?\b/i.test(id) ? 'embedding' : type ? 'chat' : undefined;
  return {
    id,
    ...(contextTokens ? { contextTokens } : {}),
    ...(price ? { price } : {}),
    ...(accepts ? { accepts } : {}),
    ...(use ? { use } : {}),
  };
}

function priceOf({ prompt, completion, input, output }: Partial<Record<string, number | null>>): OfferedModel['price'] {
  if (typeof prompt === 'number' && typeof completion === 'number') {
    return { usdPerMillionInput: prompt * 1_000_000, usdPerMillionOutput: completion * 1_000_000 };
  }
  return typeof input === 'number' && typeof output === 'number' ? { usdPerMillionInput: input, usdPerMillionOutput: output } : undefined;
}
