import { questionHash } from '../../../core/tuning/question-hash';
import type { TuningJobId } from '../../../core/tuning/training/tuning-job';
import type { TuningSide } from '../../../storage/schema';
import { putTrainedQuestions, putTuningFilePart } from '../../../storage/tuning/tuning-files';
import { readTrainingSet, type SetChoice, type TrainingSet, type TrainingSetTools } from './read-training-set';

/** In UTF-16 units. Of each side so much is held at most before it is put aside. */
const partCharacters = 1_000_000;

/**
 * Puts aside what a job is to send, piece by piece, as the examples are now; and which questions it trains.
 * @returns what is in it, and how many pieces there are
 */
export async function freezeTrainingSet(
  id: TuningJobId,
  choice: SetChoice,
  tools: TrainingSetTools,
): Promise<{ readonly set: TrainingSet; readonly parts: number }> {
  const gathered: Record<TuningSide, { lines: string[]; characters: number; parts: number }> = {
    training: { lines: [], characters: 0, parts: 0 },
    validation: { lines: [], characters: 0, parts: 0 },
  };
  const putAside = async (side: TuningSide) => {
    const of = gathered[side];
    const part = new Blob(of.lines);
    of.lines = [];
    of.characters = 0;
    await putTuningFilePart(tools.library, id, side, of.parts, part);
    of.parts += 1;
  };
  const asked: number[] = [];
  const set = await readTrainingSet(choice, tools, (side, line, example) => {
    if (side === 'training') asked.push(questionHash(example));
    const of = gathered[side];
    of.lines.push(line);
    of.characters += line.length;
    return of.characters < partCharacters ? undefined : putAside(side);
  });
  for (const side of ['training', 'validation'] as const) if (gathered[side].lines.length > 0) await putAside(side);
  await putTrainedQuestions(tools.library, id, Uint32Array.from(asked));
  return { set, parts: gathered.training.parts + gathered.validation.parts + 1 };
}
