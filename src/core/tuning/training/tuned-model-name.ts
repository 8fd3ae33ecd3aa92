/** What the name of a tuned model says of it. */
export interface TunedModelName {
  readonly service: 'openai' | 'fireworks';
  /** The model that it was tuned from, where the name says it. */
  readonly base?: string;
  /** The organisation or account that it belongs to. */
  readonly owner: string;
  readonly suffix?: string;
  /** The step of the training at which it was put aside; absent: its end. */
  readonly step?: number;
}

/**
 * Reads the name of a tuned model: OpenAI's `ft:base:organisation:suffix:id`, whose checkpoints end in `:ckpt-step-90`
 * (https://developers.openai.com/api/docs/guides/model-optimization), or the path of a model of somebody's own at Fireworks, `accounts/owner/models/id`, with
 * `#` and a deployment after it or not (https://docs.fireworks.ai/fine-tuning/fine-tuning-models).
 * @returns nothing for every other name
 */
export function parseTunedModelName(model: string): TunedModelName | undefined {
  const openAi = /^ft:([^:]+):([^:]*)(?::([^:]*))?:([^:]+)(?::ckpt-step-(\d+))?$/.exec(model);
  if (openAi) {
    const [, base = '', owner = '', suffix, , step] = openAi;
    return { service: 'openai', base, owner, ...(suffix ? { suffix } : {}), ...(step ? { step: Number(step) } : {}) };
  }
  // What Fireworks itself offers to all is under its own account.
  const owner = /^accounts\/([^/#]+)\/models\/[^/#]+(?:#.*)?$/.exec(model)?.[1];
  return owner === undefined || owner === 'fireworks' ? undefined : { service: 'fireworks', owner };
}
