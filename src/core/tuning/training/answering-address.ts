import type { TuningServiceName } from './tuning-job';

/**
 * The base address at which models of a service answer by OpenAI's protocol. Fireworks trains and answers at two paths of one server
 * (https://docs.fireworks.ai/tools-sdks/openai-compatibility).
 * @param baseUrl where it trains
 */
export function answeringAddress(service: TuningServiceName, baseUrl: string): string {
  return service === 'fireworks' ? new URL('/inference/v1', baseUrl).href : baseUrl;
}
