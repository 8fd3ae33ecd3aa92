import * as v from 'valibot';
import { type ModelParameters, maximumStops, type NumberParameter, parameterLimits } from '../core/models/model-parameters';

const between = (name: NumberParameter) => v.pipe(v.number(), v.minValue(parameterLimits[name].min), v.maxValue(parameterLimits[name].max));
const whole = (name: NumberParameter) => v.pipe(between(name), v.integer());
const level = v.pipe(v.string(), v.regex(/^[a-z]{1,20}$/));

export const modelParametersSchema: v.GenericSchema<unknown, ModelParameters> = v.object({
  temperature: v.exactOptional(between('temperature')),
  topP: v.exactOptional(between('topP')),
  frequencyPenalty: v.exactOptional(between('frequencyPenalty')),
  presencePenalty: v.exactOptional(between('presencePenalty')),
  stop: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(200))), v.maxLength(maximumStops))),
  maximumTokens: v.exactOptional(whole('maximumTokens')),
  seed: v.exactOptional(whole('seed')),
  reasoningEffort: v.exactOptional(level),
  verbosity: v.exactOptional(level),
  answers: v.exactOptional(whole('answers')),
  takeBest: v.exactOptional(v.boolean()),
  systemMessage: v.exactOptional(v.boolean()),
});
