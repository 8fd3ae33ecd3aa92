import { expect, test } from 'vitest';
import { type TuneTools, tuneRetrieval } from '../../../../src/background/retrieval-tuning/tune-retrieval';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import type { Library } from '../../../../src/storage/schema';
import { readVectorModels } from '../../../../src/storage/vectors/vector-models';
import { fillDistorted, tunedModel } from '../../../support/distorted-questions';
import { temporaryLibrary } from '../../../support/temporary-library';

const never = new AbortController().signal;
const toolsOf = (library: Library, report: TuneTools['report'] = () => {}): TuneTools => ({
  library,
  searcher: librarySearcher(async () => library),
  modelKey: tunedModel,
  elapsed: () => performance.now(),
  report,
});

async function askedOf(library: Library, factor: number) {
  const pages = await fillDistorted(library, 30, factor);
  return pages.flatMap(({ passageId, question }) =>
    Array.from({ length: 6 }, (_, time) => ({ text: `zq${passageId}xw${time}`, vector: question(), answers: [passageId] })),
  );
}

test('questions that a model puts wrongly are found better, also those that nothing was learned from', async () => {
  const library = await temporaryLibrary();
  const outcome = await tuneRetrieval(await askedOf(library, 6), toolsOf(library), never);
  expect(outcome.isBetter).toBe(true);
  expect(outcome.after).toBeGreaterThan(outcome.before + 0.05);
  expect(outcome.difference.mean).toBeCloseTo(outcome.after - outcome.before, 10);
  expect(outcome.found?.map?.dimensions).toBe(32);
  expect(outcome.questions.train + outcome.questions.choose + outcome.questions.check).toBe(180);
  // The search goes on as before, and has learned nothing of the model.
  expect((await readVectorModels(library)).trust).toBeUndefined();
}, 30_000);

test('where nothing is wrong, nothing is claimed to be better', async () => {
  const library = await temporaryLibrary();
  const outcome = await tuneRetrieval(await askedOf(library, 1), toolsOf(library), never);
  expect(outcome.isBetter).toBe(false);
}, 30_000);

test('it says how far it is, stage by stage, and stops when it is told to', async () => {
  const library = await temporaryLibrary();
  const asked = await askedOf(library, 6);
  const stages: string[] = [];
  const stopping = new AbortController();
  const report: TuneTools['report'] = (stage) => {
    if (stages.at(-1) !== stage) stages.push(stage);
    if (stage === 'choosing') stopping.abort(new Error('Enough.'));
  };
  // Each step takes long enough to be told of, however fast the machine is.
  let now = 0;
  const elapsed = () => {
    now += 30;
    return now;
  };
  await expect(tuneRetrieval(asked, { ...toolsOf(library, report), elapsed }, stopping.signal)).rejects.toThrow('Enough.');
  expect(stages).toEqual(['finding', 'training', 'choosing']);
}, 30_000);
