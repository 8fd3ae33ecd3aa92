import type { Problem } from '../core/problem';
import type {
  TuningJob,
  TuningJobCourse,
  TuningJobId,
  TuningMethod,
  TuningParameters,
  TuningPlan,
  TuningServiceName,
} from '../core/tuning/training/tuning-job';

/** A service as the panel needs to know it: never its key. */
export interface TuningServiceStatus {
  readonly name: TuningServiceName;
  /** Where it is asked. */
  readonly baseUrl: string;
  readonly hasKey: boolean;
  readonly methods: readonly TuningMethod[];
  readonly parameters: readonly (keyof TuningParameters)[];
  readonly canPause: boolean;
  /** Models that are known to be trainable there. Another name may be given. */
  readonly models: readonly { readonly model: string; readonly usdPerMillionTrained?: number; readonly date?: string }[];
}

/** Where it would be sent and what it would cost, as the person saw it who began it. */
export interface ShownPrice {
  readonly baseUrl: string;
  /** Absent where no price is known. */
  readonly usd?: number;
}

/** What a plan comes to, before anything leaves. */
export interface TuningPlanEstimate {
  /** Where the service is asked, and the price is from. */
  readonly baseUrl: string;
  readonly training: { readonly examples: number; readonly tokens: number; readonly bytes: number };
  readonly validation?: { readonly examples: number; readonly tokens: number; readonly bytes: number };
  readonly epochs: number;
  /** Absent where no price is known. */
  readonly usd?: number;
  readonly usdPerMillionTrained?: number;
  /** When the price was looked up, ISO 8601. */
  readonly priceDate?: string;
  /** What the service would refuse, or what the person's own cap forbids: nothing starts before it is mended. */
  readonly hindrances: readonly Problem[];
}

/** What may be asked of the worker about training at a service. */
export interface TuningJobRequests {
  'tuning-jobs/services': { data: null; reply: readonly TuningServiceStatus[] };
  /** @param apiKey absent: as it was; empty: forgotten. A key is never sent to another address than the one it was given for. */
  'tuning-jobs/set-service': { data: { name: TuningServiceName; baseUrl: string; apiKey?: string }; reply: readonly TuningServiceStatus[] };
  /** Asks the service whether it would train, which costs nothing; a refusal is in `problem`. */
  'tuning-jobs/availability': {
    data: { name: TuningServiceName };
    reply: { readonly answer: 'yes' | 'unknown' | 'no'; readonly problem?: Problem };
  };
  'tuning-jobs/estimate': { data: { plan: TuningPlan }; reply: TuningPlanEstimate };
  /** Ends an estimate, or a start before its job was stored: it is rejected with `interrupted`. */
  'tuning-jobs/stop-counting': { data: null; reply: null };
  /**
   * Puts aside what is to be sent, so that later changes to the examples change nothing of it, and begins to send it.
   * Nothing is begun at another address or for another price than was shown: it is rejected with `tuning-price-changed`.
   * @param wish names what the person was shown: however often it is heard, one job comes of it
   */
  'tuning-jobs/start': { data: { plan: TuningPlan; shown: ShownPrice; wish: string }; reply: TuningJob };
  /** Newest first. */
  'tuning-jobs/list': { data: null; reply: readonly TuningJob[] };
  /** With what the service told so far. */
  'tuning-jobs/read': { data: { id: TuningJobId }; reply: { readonly job: TuningJob; readonly course: TuningJobCourse } };
  /** Asks the service at once how a job is that has not ended, or goes on with it where a problem held it up. */
  'tuning-jobs/refresh': { data: { id: TuningJobId }; reply: null };
  /** The Tune view is shown: the mark on the icon, which said that a job has ended, goes. */
  'tuning-jobs/seen': { data: null; reply: null };
  'tuning-jobs/pause': { data: { id: TuningJobId }; reply: TuningJob };
  'tuning-jobs/resume': { data: { id: TuningJobId }; reply: TuningJob };
  'tuning-jobs/cancel': { data: { id: TuningJobId }; reply: TuningJob };
  /** Takes one that has ended off the list; its model stays at the service. */
  'tuning-jobs/forget': { data: { id: TuningJobId }; reply: null };
}
