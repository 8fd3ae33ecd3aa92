import type { Refusal, RequestPart } from './refusals';

/** When the families below were looked up, as an ISO 8601 date. What a model refuses beyond them is learned from its answers. */
export const familiesFrom = '2026-07-03';

const sampling: readonly RequestPart[] = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'];
const thinking: readonly RequestPart[] = ['reasoning_effort', 'verbosity'];

/**
 * What families of models are known to refuse, by how their names begin; the first that fits counts. From the reference of OpenAI's interface, which
 * names what its reasoning models do not take.
 */
const families: readonly { readonly name: RegExp; readonly refuses: readonly RequestPart[] }[] = [
  { name: /^(gpt-3\.5-turbo-instruct|davinci-002|babbage-002)/, refuses: ['chat', ...thinking] },
  { name: /^o1-(mini|preview)/, refuses: [...sampling, 'stop', 'max_tokens', 'system', ...thinking] },
  { name: /^o[134](-|$)/, refuses: [...sampling, 'stop', 'max_tokens', 'verbosity'] },
  { name: /^gpt-5[\w.]*-chat/, refuses: ['max_tokens', ...thinking] },
  { name: /^gpt-5/, refuses: [...sampling, 'stop', 'max_tokens'] },
  { name: /^(chatgpt-4o|gpt-4|gpt-3\.5)/, refuses: thinking },
];

/** What a model is known by its name to refuse. A router's prefix, as in `openai/o3`, is no part of the name. */
export function refusedByFamily(model: string): Refusal[] {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return (families.find((family) => family.name.test(name))?.refuses ?? []).map((part) => ({ part }));
}
