import { trainableModels } from './training-cost';

/**
 * Models that a provider says can be trained, without saying on the same page what that costs: https://docs.fireworks.ai/fine-tuning/managed-finetuning-intro,
 * read on 2026-11-21. Its prices go by the size of the model and stand on a page that nobody could read for this list.
 */
const withoutPrice: Readonly<Record<string, readonly string[]>> = {
  'api.fireworks.ai': [
    'qwen3-4b',
    'qwen3-8b',
    'qwen3-32b',
    'qwen3-30b-a3b',
    'qwen3-30b-a3b-instruct-2507',
    'qwen3-235b-a22b-instruct-2507',
    'qwen3p5-9b',
    'qwen3p5-27b',
    'qwen3p5-35b-a3b',
    'qwen3p5-397b-a17b',
    'qwen3p6-27b',
    'llama-v3p3-70b-instruct',
    'gemma-4-26b-a4b-it',
    'gemma-4-31b-it',
    'glm-5p1',
    'kimi-k2p5',
    'kimi-k2p6',
    'minimax-m2p5',
    'nemotron-nano-3-30b-a3b',
  ],
};

/** The models that are known to be trainable at a provider's server, priced or not. */
export function trainableModelNames(host: string): string[] {
  const priced = trainableModels().flatMap((one) => (one.host === host ? [one.model] : []));
  return [...priced, ...(withoutPrice[host] ?? [])];
}
