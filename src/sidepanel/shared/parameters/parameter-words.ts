import type { ParameterName } from '../../../core/models/model-parameters';
import type { MessageKey } from '../../../view/translate';

/** What each is called, and what it does in one sentence. */
export const parameterWords: Readonly<Record<ParameterName, { readonly name: MessageKey; readonly effect: MessageKey }>> = {
  temperature: { name: 'parameter_temperature', effect: 'parameter_temperature_effect' },
  topP: { name: 'parameter_top_p', effect: 'parameter_top_p_effect' },
  frequencyPenalty: { name: 'parameter_frequency_penalty', effect: 'parameter_frequency_penalty_effect' },
  presencePenalty: { name: 'parameter_presence_penalty', effect: 'parameter_presence_penalty_effect' },
  maximumTokens: { name: 'parameter_maximum_tokens', effect: 'parameter_maximum_tokens_effect' },
  stop: { name: 'parameter_stop', effect: 'parameter_stop_effect' },
  seed: { name: 'parameter_seed', effect: 'parameter_seed_effect' },
  reasoningEffort: { name: 'parameter_reasoning_effort', effect: 'parameter_reasoning_effort_effect' },
  verbosity: { name: 'parameter_verbosity', effect: 'parameter_verbosity_effect' },
  answers: { name: 'parameter_answers', effect: 'parameter_answers_effect' },
  takeBest: { name: 'parameter_take_best', effect: 'parameter_take_best_effect' },
  systemMessage: { name: 'parameter_system_message', effect: 'parameter_system_message_effect' },
};
