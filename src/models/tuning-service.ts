import type { Problem } from '../core/problem';
import type {
  TrainingMetrics,
  TuningCheckpoint,
  TuningEvent,
  TuningJobState,
  TuningMethod,
  TuningParameters,
  TuningServiceName,
} from '../core/tuning/training/tuning-job';

/** What a service answers when it is asked whether it would train. `unknown`: it does not say before it is tried. */
export type TuningAvailability = { readonly answer: 'yes' | 'unknown' } | { readonly answer: 'no'; readonly problem: Problem };

/** Bytes to send, and how far that was before. */
export interface FileToUpload {
  /** With its extension. */
  readonly name: string;
  /** JSON lines. */
  readonly data: Blob;
  /** What `noteProgress` was last told of this file, if its sending was cut off; the service takes it up there when it can, else begins anew. */
  readonly progress?: UploadProgress;
  /** Awaited: what it is told is stored before more is sent. */
  readonly noteProgress: (progress: UploadProgress) => Promise<void>;
}

/** Plain data, to be stored. `token` is what the service needs to go on, and nobody else's business. */
export interface UploadProgress {
  readonly sentBytes: number;
  readonly token?: string;
}

export interface NewTuningJob {
  readonly model: string;
  readonly method: TuningMethod;
  readonly parameters: TuningParameters;
  readonly suffix?: string;
  /** By which the service knows the files. */
  readonly trainingFile: string;
  readonly validationFile?: string;
  /** Ours of the job, sent where the service keeps such a thing: a job whose reply was lost is found again by it in `list`. */
  readonly label: string;
}

/** A job as its service describes it, in our words. */
export interface RemoteTuningJob {
  readonly remoteId: string;
  /** Of ours, if the service keeps it. */
  readonly label?: string;
  /** By which the service knows the file that it trains on, if it says. */
  readonly trainingFile?: string;
  readonly model: string;
  readonly state: TuningJobState;
  /** Milliseconds since 1970, here and below; 0 when the service does not say. */
  readonly createdAt: number;
  readonly estimatedFinishAt?: number;
  readonly finishedAt?: number;
  readonly chosen?: TuningParameters;
  readonly trainedTokens?: number;
  /** Where the service itself says what it costs. */
  readonly spentUsd?: number;
  readonly tunedModel?: string;
  /** Why it failed. */
  readonly problem?: Problem;
  /** Files with the measurements of all steps, once there are any. */
  readonly resultFiles: readonly string[];
}

/** A service that trains models. All but `availability` throw ProblemError any `model-…` or `tuning-…`. */
export interface TuningService {
  readonly name: TuningServiceName;
  readonly methods: readonly TuningMethod[];
  /** What of a plan it has a place for. */
  readonly parameters: readonly (keyof TuningParameters)[];
  readonly canPause: boolean;
  /** Asks for nothing that costs. */
  availability(signal: AbortSignal): Promise<TuningAvailability>;
  /** @returns by which it knows the file */
  upload(file: FileToUpload, signal: AbortSignal): Promise<string>;
  create(job: NewTuningJob, signal: AbortSignal): Promise<RemoteTuningJob>;
  /** The newest 100 of the account. */
  list(signal: AbortSignal): Promise<RemoteTuningJob[]>;
  job(remoteId: string, signal: AbortSignal): Promise<RemoteTuningJob>;
  /** Events, oldest first, and what was measured, as far as the service tells while it trains or after it (its file of results). */
  course(
    job: RemoteTuningJob,
    signal: AbortSignal,
  ): Promise<{ readonly events: TuningEvent[]; readonly metrics: TrainingMetrics[]; readonly checkpoints: TuningCheckpoint[] }>;
  cancel(remoteId: string, signal: AbortSignal): Promise<RemoteTuningJob>;
  /** These two only where `canPause`. */
  pause(remoteId: string, signal: AbortSignal): Promise<RemoteTuningJob>;
  resume(remoteId: string, signal: AbortSignal): Promise<RemoteTuningJob>;
}
