import type { ModelParameters, ParameterName, reasoningEfforts } from '../../../core/models/model-parameters';
import { type MessageKey, t } from '../../../view/translate';

export const levelWords = {
  none: 'level_none',
  minimal: 'level_minimal',
  low: 'level_low',
  medium: 'level_medium',
  high: 'level_high',
  xhigh: 'level_xhigh',
} as const satisfies Record<(typeof reasoningEfforts)[number], MessageKey>;

/** How the value of a parameter that is set is written. */
export function parameterValueWords(parameters: ModelParameters, name: ParameterName): string {
  const value = parameters[name];
  if (typeof value === 'boolean') return t(value ? 'choice_yes' : 'choice_no');
  if (typeof value === 'number') return t('plain_number', value);
  if (typeof value === 'string') return value in levelWords ? t(levelWords[value as keyof typeof levelWords]) : value;
  return (value ?? []).map((stop) => JSON.stringify(stop)).join(' ');
}
