import type { ModelEntry } from '../catalogue';
import { FileStore } from './file-store';
import type { LearnedItem } from './training-data';
import type { TrainingRun } from './training-run';

const plain = { kind: 'chat', contextTokens: 128_000, reasons: false, scripted: false } as const;

/** What the two protocols of training share: the runs, the models that came of them, and what the test ordered. */
export class TuningDesk {
  readonly runs: TrainingRun[] = [];
  readonly files = new FileStore();
  /** The names of all models that ever came of them. */
  private readonly made = new Set<string>();
  /** Answers 403 `training_not_available` to who wants to train. */
  isClosed = false;
  /** Columns that the file of results leaves out, such as `valid_loss`. */
  hiddenColumns: readonly string[] = [];
  /** Gives the file of results as base64, as OpenAI does at times. */
  resultsInBase64 = false;
  /** Fewest examples of a job. */
  fewestExamples = 10;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param models to which those that come of the jobs are added */
  constructor(private readonly models: Map<string, ModelEntry>) {}

  /** Moves each job that has not ended on to its next state or, while it is running, by so many steps. */
  advance(steps = 1): void {
    for (const run of this.runs) if (!run.hasEnded && run.state !== 'paused') run.advance(steps);
    this.settle();
  }

  /** Lets all jobs run to their end, but for those that are paused. */
  finish(): void {
    for (const run of this.runs) run.finish();
    this.settle();
  }

  /** Has all jobs that have not ended fail. */
  failJobs(code = 'server_error', message = 'The training crashed and could not be taken up again.'): void {
    for (const run of this.runs) if (!run.hasEnded) run.fail({ code, message, param: null });
  }

  /** Moves jobs on by themselves, for demonstrations. Absent: not any more. */
  pace(every?: { readonly milliseconds: number; readonly steps: number }): void {
    clearInterval(this.timer);
    this.timer = every && setInterval(() => this.advance(every.steps), every.milliseconds);
    this.timer?.unref();
  }

  add(run: TrainingRun): void {
    this.runs.push(run);
  }

  /** The name of what comes of a run. */
  nameOf(run: TrainingRun, step?: number): string {
    if (run.plan.outputModel) return `${run.plan.outputModel}${step === undefined ? '' : `-step-${step}`}`;
    const suffix = (run.plan.suffix ?? '').toLowerCase().replace(/[^a-z0-9-]+/g, '-');
    const short = run.plan.id.replace(/^.*-/, '').slice(0, 8);
    return `ft:${run.plan.model}:commonplace-tests:${suffix}:${short}${step === undefined ? '' : `:ckpt-step-${step}`}`;
  }

  /** A model as though it had been tuned here, without a job. */
  addModel(name: string, base: string, items: readonly LearnedItem[]): void {
    this.made.add(name);
    this.models.set(name, { ...plain, learned: items });
    if (!this.models.has(base)) this.models.set(base, plain);
  }

  /** Deletes a tuned model, as its owner may elsewhere. @returns whether there was one */
  deleteModel(name: string): boolean {
    return this.made.has(name) && this.models.delete(name);
  }

  /** Makes the models of runs and of their checkpoints answer, and those that they come from: who tunes a model has it. */
  private settle(): void {
    for (const run of this.runs) {
      const names = run.checkpointSteps().map((step) => this.nameOf(run, step));
      if (run.state === 'succeeded') names.push(this.nameOf(run));
      for (const name of names.filter((name) => !this.made.has(name))) {
        for (const base of [run.plan.model, run.plan.model.replace(/-\d{4}(-\d{2}-\d{2})?$/, '')])
          this.addModel(name, base, run.plan.items);
      }
    }
  }
}
