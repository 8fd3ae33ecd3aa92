import { type Problem, ProblemError } from '../../src/core/problem';
import { hasEnded, type TrainingMetrics, type TuningEvent } from '../../src/core/tuning/training/tuning-job';
import type { NewTuningJob, RemoteTuningJob, TuningService } from '../../src/models/tuning-service';

export type ServiceCall = 'upload' | 'create' | 'list' | 'job' | 'course' | 'cancel' | 'pause' | 'resume';

/**
 * What befalls a request. Before it is heard, or after what it asks for is done: then only the reply is lost.
 * - `death`: the worker that asked is no more, and hears nothing.
 * - `late`: the worker that asked hears the reply when others have been at work meanwhile.
 */
export type Mishap =
  | { readonly kind: 'problem'; readonly problem: Problem; readonly isHeard: boolean }
  | { readonly kind: 'death'; readonly isHeard: boolean }
  | { readonly kind: 'late'; readonly isHeard: true };

interface Account {
  readonly jobs: (RemoteTuningJob & { readonly request: NewTuningJob })[];
  /** What each file that arrived whole holds, by its id. */
  readonly files: Map<string, string>;
}

export interface MemoryTuningService {
  readonly service: TuningService;
  readonly account: Account;
  readonly calls: ServiceCall[];
  /** Changes what the service says of its only job. */
  change(changes: Partial<RemoteTuningJob>): void;
}

const never = new Promise<never>(() => {});
const bytesAtOnce = 100;

/** A service that trains nothing, in memory: what it is asked it does at once, but for what `mishapAt` says of each request. */
export function memoryTuningService(
  mishapAt: (call: ServiceCall) => Mishap | undefined = () => undefined,
  {
    now = () => 0,
    died = () => {},
    overtaken = () => never,
  }: { readonly now?: () => number; readonly died?: () => void; readonly overtaken?: () => Promise<void> } = {},
): MemoryTuningService {
  const account: Account = { jobs: [], files: new Map() };
  const uploads = new Map<string, string>();
  const calls: ServiceCall[] = [];

  const meet = async (mishap: Mishap | undefined, isHeard: boolean) => {
    if (mishap?.isHeard !== isHeard) return;
    if (mishap.kind === 'problem') throw new ProblemError(mishap.problem);
    if (mishap.kind === 'late') return overtaken();
    died();
    await never;
  };
  const asked = async <Answer>(call: ServiceCall, answer: () => Answer): Promise<Answer> => {
    calls.push(call);
    const mishap = mishapAt(call);
    await meet(mishap, false);
    const said = answer();
    await meet(mishap, true);
    return structuredClone(said);
  };
  const find = (remoteId: string) => {
    const job = account.jobs.find((one) => one.remoteId === remoteId);
    if (!job) throw new ProblemError({ code: 'tuning-job-gone' });
    return job;
  };
  const put = (remoteId: string, changes: Partial<RemoteTuningJob>) => {
    const index = account.jobs.indexOf(find(remoteId));
    const changed = { ...find(remoteId), ...changes };
    account.jobs[index] = changed;
    return changed;
  };
  const unlessEnded = (remoteId: string, changes: Partial<RemoteTuningJob>) => {
    const job = find(remoteId);
    return hasEnded(job.state) ? job : put(remoteId, changes);
  };

  const service: TuningService = {
    name: 'openai',
    methods: ['supervised', 'dpo'],
    parameters: ['epochs', 'batchSize', 'learningRateMultiplier', 'beta', 'seed'],
    canPause: true,
    availability: async () => ({ answer: 'yes' }),
    async upload(file, signal) {
      const text = await file.data.text();
      const known = file.progress?.token;
      const token = known !== undefined && uploads.has(known) ? known : `upload-${uploads.size + 1}`;
      if (token !== known) uploads.set(token, '');
      for (let sent = uploads.get(token) ?? ''; sent.length < text.length; sent = uploads.get(token) ?? '') {
        signal.throwIfAborted();
        await asked('upload', () => uploads.set(token, text.slice(0, sent.length + bytesAtOnce)).size);
        await file.noteProgress({ sentBytes: uploads.get(token)?.length ?? 0, token });
      }
      const id = `file-${token}`;
      account.files.set(id, uploads.get(token) ?? '');
      return id;
    },
    create: (request) =>
      asked('create', () => {
        if (!account.files.has(request.trainingFile)) throw new ProblemError({ code: 'tuning-file-refused' });
        const { model, label } = request;
        const remoteId = `ftjob-${account.jobs.length + 1}`;
        const { trainingFile } = request;
        const job = { remoteId, label, trainingFile, model, state: 'validating' as const, createdAt: now(), resultFiles: [], request };
        account.jobs.push(job);
        return job;
      }),
    list: () => asked('list', () => [...account.jobs].reverse().slice(0, 100)),
    job: (remoteId) => asked('job', () => find(remoteId)),
    course: ({ remoteId }) =>
      asked('course', () => {
        const { state, createdAt } = find(remoteId);
        const events: TuningEvent[] = [{ id: `${remoteId}-${state}`, at: createdAt, level: 'info', text: state }];
        const metrics: TrainingMetrics[] = state === 'running' || state === 'succeeded' ? [{ step: 1, trainingLoss: 2 }] : [];
        return { events, metrics, checkpoints: [] };
      }),
    cancel: (remoteId) => asked('cancel', () => unlessEnded(remoteId, { state: 'cancelled' })),
    pause: (remoteId) => asked('pause', () => unlessEnded(remoteId, { state: 'paused' })),
    resume: (remoteId) => asked('resume', () => unlessEnded(remoteId, { state: 'running' })),
  };
  return {
    service,
    account,
    calls,
    change(changes) {
      const [job] = account.jobs;
      if (job) put(job.remoteId, changes);
    },
  };
}
