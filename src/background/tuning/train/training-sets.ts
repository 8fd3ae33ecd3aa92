import type { CountTokens } from '../../../core/tuning/example-tokens';
import type { TuningJobId } from '../../../core/tuning/training/tuning-job';
import type { Library } from '../../../storage/schema';
import { freezeTrainingSet } from './freeze-training-set';
import { readTrainingSet, type SetChoice, type TrainingSet, type TrainingSetTools } from './read-training-set';

export interface TrainingSetsTools {
  readonly openLibrary: () => Promise<Library>;
  readonly countTokens: () => Promise<CountTokens>;
  /** Tells open panels how far the counting is. */
  readonly counted: (done: number, total: number) => void;
  /** Milliseconds that pass steadily. */
  readonly elapsed: () => number;
}

/** What the stored examples come to as they would be sent. Remembers the last answer until the examples change. */
export interface TrainingSets {
  /** Another choice ends the one that is being counted. @throws ProblemError `interrupted` */
  measure(choice: SetChoice): Promise<TrainingSet>;
  /** @throws ProblemError `interrupted` */
  freeze(id: TuningJobId, choice: SetChoice): ReturnType<typeof freezeTrainingSet>;
  /** The examples are other than they were. */
  forget(): void;
  /** Ends what is being counted or put aside. */
  stop(): void;
}

export function trainingSets({ openLibrary, countTokens, counted, elapsed }: TrainingSetsTools): TrainingSets {
  let measured: { readonly key: string; readonly stop: AbortController; readonly set: Promise<TrainingSet> } | undefined;
  const freezing = new Set<AbortController>();
  const forget = () => {
    measured?.stop.abort();
    measured = undefined;
  };
  const toolsUntil = async (signal: AbortSignal): Promise<TrainingSetTools> => ({
    library: await openLibrary(),
    countTokens: await countTokens(),
    report: counted,
    elapsed,
    pause: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
    signal,
  });
  return {
    measure({ method, withSystemPrompt, withValidation }) {
      const key = JSON.stringify([method, withSystemPrompt, withValidation]);
      if (measured?.key === key) return measured.set;
      forget();
      const stop = new AbortController();
      const set = toolsUntil(stop.signal).then((tools) => readTrainingSet({ method, withSystemPrompt, withValidation }, tools));
      const own = { key, stop, set };
      measured = own;
      set.catch(() => {
        if (measured === own) measured = undefined;
      });
      return set;
    },
    async freeze(id, choice) {
      const stop = new AbortController();
      freezing.add(stop);
      try {
        return await freezeTrainingSet(id, choice, await toolsUntil(stop.signal));
      } finally {
        freezing.delete(stop);
      }
    },
    forget,
    stop() {
      forget();
      for (const stop of freezing) stop.abort();
    },
  };
}
