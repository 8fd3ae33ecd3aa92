import { shippedRetirements } from './shipped-retirements';

export interface Retirement {
  /** The first day on which it is no longer there, ISO 8601. */
  readonly on: string;
  /** Where the provider says so, and when that was looked up, ISO 8601. */
  readonly source: string;
  readonly date: string;
}

/** So long before it happens it is worth a warning. */
export const retiresSoonDays = 90;

/** When a provider switches a model off. @returns nothing when that is not known, which does not say that it stays */
export function retirementOf(baseUrl: string, model: string): Retirement | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { host } = new URL(baseUrl);
  const list = shippedRetirements.find((one) => one.host === host && Object.hasOwn(one.models, model));
  const on = list?.models[model];
  return list && on ? { on, source: list.source, date: list.date } : undefined;
}

/** How near it is. @param today ISO 8601 */
export function retirementState({ on }: Retirement, today: string): 'past' | 'soon' | 'later' {
  if (on <= today) return 'past';
  const days = (Date.parse(on) - Date.parse(today)) / 86_400_000;
  return days <= retiresSoonDays ? 'soon' : 'later';
}
