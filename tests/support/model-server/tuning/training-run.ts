import type { TrainingItem } from './training-data';

export type RunState = 'validating' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

export interface RunPlan {
  readonly id: string;
  readonly model: string;
  readonly method: 'supervised' | 'dpo';
  readonly suffix?: string;
  /** What the tuned model is called, where that is not made of the suffix. */
  readonly outputModel?: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly rate?: number;
  readonly beta?: number;
  readonly seed: number;
  readonly items: readonly TrainingItem[];
  readonly hasValidation: boolean;
  /** What is wrong with the files: it fails when they are looked at. */
  readonly fault?: { readonly code: string; readonly message: string; readonly param: string | null };
}

export interface RunEvent {
  readonly id: string;
  readonly atSeconds: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A job of training, whatever the protocol: it moves on when it is told, and measures as a real one might. */
export class TrainingRun {
  readonly createdAtSeconds = Math.floor(Date.now() / 1_000);
  readonly events: RunEvent[] = [];
  readonly epochs: number;
  readonly batchSize: number;
  readonly steps: number;
  state: RunState = 'validating';
  stepsDone = 0;
  finishedAtSeconds?: number;
  error?: { readonly code: string; readonly message: string; readonly param: string | null };

  constructor(readonly plan: RunPlan) {
    const { length } = plan.items;
    this.epochs = plan.epochs ?? (length * 3 < 100 ? Math.min(25, Math.max(1, Math.floor(100 / Math.max(1, length)))) : 3);
    this.batchSize = plan.batchSize ?? Math.max(1, Math.round(length / 500));
    this.steps = Math.max(1, Math.ceil(length / this.batchSize) * this.epochs);
    this.tell(`Created fine-tuning job: ${plan.id}`);
    this.tell(`Validating training file${plan.hasValidation ? ' and validation file' : ''}`);
  }

  get hasEnded(): boolean {
    return ['succeeded', 'failed', 'cancelled'].includes(this.state);
  }

  get trainedTokens(): number {
    const once = this.plan.items.reduce((sum, { tokens }) => sum + tokens, 0);
    return Math.round((once * this.epochs * this.stepsDone) / this.steps);
  }

  /** To the next state; while it is running, by so many steps, and to its end after the last. */
  advance(steps = 1): void {
    if (this.state === 'validating') {
      if (this.plan.fault) {
        this.fail(this.plan.fault);
        return;
      }
      this.state = 'queued';
      this.tell('Files validated, moving job to queued state');
    } else if (this.state === 'queued') {
      this.state = 'running';
      this.tell('Fine-tuning job started');
    } else if (this.state === 'running') {
      const until = Math.min(this.steps, this.stepsDone + steps);
      if (this.stepsDone === this.steps) this.succeed();
      while (this.stepsDone < until) this.step();
    }
  }

  finish(): void {
    while (!this.hasEnded && this.state !== 'paused') this.advance(this.steps);
  }

  fail(error: NonNullable<TrainingRun['error']>): void {
    this.error = error;
    this.tell(error.message, 'error');
    this.end('failed');
  }

  cancel(): void {
    this.tell('The job was cancelled');
    this.end('cancelled');
  }

  pause(): void {
    this.state = 'paused';
    this.tell('The job was paused');
  }

  resume(): void {
    this.state = 'running';
    this.tell('The job was resumed');
  }

  /** Steps after which there is a checkpoint: the ends of the last three epochs that are done. */
  checkpointSteps(): number[] {
    const perEpoch = Math.ceil(this.steps / this.epochs);
    const ends = Array.from({ length: this.epochs }, (_, epoch) => Math.min(this.steps, (epoch + 1) * perEpoch));
    return ends.filter((step) => step <= this.stepsDone).slice(-3);
  }

  metricsAt(step: number): Readonly<Record<string, number>> {
    const done = step / this.steps;
    const wobble = Math.sin(step * 12.9898 + this.plan.seed) * 0.06 * (1 - done * 0.6);
    const loss = 0.35 + 2.1 * Math.exp(-4.5 * done) + wobble;
    // What it has not seen is learned less well, and worse again when it is shown the same too often.
    const unseen = 0.55 + 1.95 * Math.exp(-4 * done) + 0.25 * Math.max(0, done - 0.7) + wobble / 2;
    return {
      step,
      train_loss: round(loss),
      train_mean_token_accuracy: round(1 - loss / 3.2),
      ...(this.plan.hasValidation && (step % 5 === 0 || step === this.steps)
        ? { valid_loss: round(unseen), valid_mean_token_accuracy: round(1 - unseen / 3.2) }
        : {}),
    };
  }

  private step(): void {
    this.stepsDone += 1;
    const metrics = this.metricsAt(this.stepsDone);
    this.tell(`Step ${this.stepsDone}/${this.steps}: training loss=${metrics.train_loss}`, 'info', metrics);
  }

  private succeed(): void {
    this.tell('New fine-tuned model created');
    this.tell('The job has successfully completed');
    this.end('succeeded');
  }

  private end(state: RunState): void {
    this.state = state;
    this.finishedAtSeconds = Math.floor(Date.now() / 1_000);
  }

  private tell(message: string, level: RunEvent['level'] = 'info', metrics?: RunEvent['metrics']): void {
    const id = `ftevent-${this.plan.id}-${this.events.length + 1}`;
    this.events.push({ id, atSeconds: Math.floor(Date.now() / 1_000), level, message, ...(metrics ? { metrics } : {}) });
  }
}

function round(value: number): number {
  return Number(value.toFixed(5));
}
