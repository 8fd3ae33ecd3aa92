import * as v from 'valibot';
import type { Schemas } from './handle';
import type { TuningJobRequests } from './tuning-job-requests';
import { tuningJobIdSchema, tuningPlanSchema, tuningServiceNameSchema } from './tuning-job-schema';

const shortText = v.pipe(v.string(), v.maxLength(2_000));
const ofJob = () => v.object({ id: tuningJobIdSchema });
const ofPlan = () => v.object({ plan: tuningPlanSchema });
const shownPrice = v.object({ baseUrl: shortText, usd: v.exactOptional(v.pipe(v.number(), v.finite())) });

export const tuningJobRequestSchemas: Schemas<TuningJobRequests> = {
  'tuning-jobs/services': () => v.null(),
  'tuning-jobs/set-service': () => v.object({ name: tuningServiceNameSchema, baseUrl: shortText, apiKey: v.exactOptional(shortText) }),
  'tuning-jobs/availability': () => v.object({ name: tuningServiceNameSchema }),
  'tuning-jobs/estimate': ofPlan,
  'tuning-jobs/stop-counting': () => v.null(),
  'tuning-jobs/start': () => v.object({ plan: tuningPlanSchema, shown: shownPrice, wish: v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/)) }),
  'tuning-jobs/list': () => v.null(),
  'tuning-jobs/read': ofJob,
  'tuning-jobs/refresh': ofJob,
  'tuning-jobs/seen': () => v.null(),
  'tuning-jobs/pause': ofJob,
  'tuning-jobs/resume': ofJob,
  'tuning-jobs/cancel': ofJob,
  'tuning-jobs/forget': ofJob,
};
