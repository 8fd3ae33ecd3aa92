import { seededShares } from '../../../core/seeded-shares';
import { drawByLot } from '../../../core/tuning/draw-by-lot';
import type { JudgedQuestion, JudgementPlan } from '../../../core/tuning/judgement';
import { exampleIds, readExamples } from '../../../storage/examples';
import type { Library } from '../../../storage/schema';
import { heldOutQuestion } from './held-out-question';

/** What a plan asks: what was typed, or questions of the examples that no training sees, drawn by the plan's seed. */
export async function drawQuestions(library: Library, { questions, seed }: JudgementPlan): Promise<JudgedQuestion[]> {
  if (questions.kind === 'typed') {
    const { texts, instructions } = questions;
    return texts.map((text) => ({ text, ...(instructions ? { instructions } : {}) }));
  }
  const ids = (await exampleIds(library, { bySplit: 'validation' })).sort();
  const drawn: JudgedQuestion[] = [];
  // Those that ask nothing give their place to the next of the draw.
  const order = drawByLot(ids, ids.length, seededShares(seed));
  for (let from = 0; from < order.length && drawn.length < questions.count; from += questions.count) {
    const examples = await readExamples(library, order.slice(from, from + questions.count), Number.POSITIVE_INFINITY);
    drawn.push(...examples.flatMap(({ example }) => heldOutQuestion(example) ?? []));
  }
  return drawn.slice(0, questions.count);
}
