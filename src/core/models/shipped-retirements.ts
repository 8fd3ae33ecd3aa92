/** When one provider switches models off, as it stood on one day. */
export interface RetirementList {
  /** The provider's server: the same name elsewhere is another offer. */
  readonly host: string;
  /** Where the provider publishes it. */
  readonly source: string;
  /** When it was looked up, ISO 8601. */
  readonly date: string;
  /** By the name of the model, ISO 8601. */
  readonly models: Readonly<Record<string, string>>;
}

/**
 * Models that are trained from, and when requests to them, and to what was tuned from them, begin to fail. A name without a date stands for its snapshots,
 * and is listed where all of them go. What no provider has announced is left out.
 */
export const shippedRetirements: readonly RetirementList[] = [
  {
    host: 'api.openai.com',
    source: 'https://developers.openai.com/api/docs/deprecations',
    date: '2026-10-28',
    models: {
      'gpt-3.5-turbo': '2026-10-23',
      'gpt-3.5-turbo-0125': '2026-10-23',
      'gpt-4': '2026-10-23',
      'gpt-4-0613': '2026-10-23',
      'gpt-4.1-nano': '2026-10-23',
      'gpt-4.1-nano-2025-04-14': '2026-10-23',
      'gpt-4o-2024-05-13': '2026-10-23',
      'o4-mini': '2026-10-23',
      'o4-mini-2025-04-16': '2026-10-23',
      'gpt-4o': '2027-01-14',
      'gpt-4o-2024-08-06': '2027-01-14',
      'gpt-4o-2024-11-20': '2027-01-14',
      'gpt-4o-mini': '2027-01-14',
      'gpt-4o-mini-2024-07-18': '2027-01-14',
      'gpt-4.1': '2027-01-14',
      'gpt-4.1-2025-04-14': '2027-01-14',
      'gpt-4.1-mini': '2027-01-14',
      'gpt-4.1-mini-2025-04-14': '2027-01-14',
    },
  },
];
