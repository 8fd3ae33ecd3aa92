import type { TuningServiceName } from '../../../core/tuning/training/tuning-job';

/** Proper names, which stay untranslated. */
export const serviceNames: Readonly<Record<TuningServiceName, string>> = { openai: 'OpenAI', fireworks: 'Fireworks' };
