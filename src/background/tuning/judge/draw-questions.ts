import { seededShares } from '../../../core/seeded-shares';
import { drawByLot } from '../../../core/tuning/judging/draw-by-lot';
import type { JudgedQuestion, JudgementPlan } from '../../../core/tuning/judging/judgement';
import { questionHash } from '../../../core/tuning/question-hash';
import type { Library } from '../../../storage/schema';
import { exampleIds, readExamples } from '../../../storage/tuning/examples';
import { heldOutQuestion } from './held-out-question';
import { trainedQuestions } from './trained-questions';

export interface DrawnQuestions {
  readonly questions: readonly JudgedQuestion[];
  /** So many were drawn and left out, because one of the two was trained on them. */
  readonly learned: number;
  /** One of the two was tuned, and on what is not known here. */
  readonly isTrainingUnknown: boolean;
}

/** What a plan asks: what was typed, or questions of the examples kept for validation which neither side was trained on, drawn by the plan's seed. */
export async function drawQuestions(library: Library, { questions, seed, sides }: JudgementPlan): Promise<DrawnQuestions> {
  if (questions.kind === 'typed') {
    const { texts, instructions } = questions;
    const asked = texts.map((text) => ({ text, ...(instructions ? { instructions } : {}) }));
    return { questions: asked, learned: 0, isTrainingUnknown: false };
  }
  const ids = (await exampleIds(library, { bySplit: 'validation' })).sort();
  // What is kept for validation now may have been trained on before it was.
  const { hashes, isUnknown } = await trainedQuestions(
    library,
    sides.map(({ model }) => model),
  );
  const drawn: JudgedQuestion[] = [];
  let learned = 0;
  // Those that ask nothing give their place to the next of the draw.
  const order = drawByLot(ids, ids.length, seededShares(seed));
  for (let from = 0; from < order.length && drawn.length < questions.count; from += questions.count) {
    const examples = await readExamples(library, order.slice(from, from + questions.count), Number.POSITIVE_INFINITY);
    for (const { example } of examples) {
      const question = drawn.length < questions.count ? heldOutQuestion(example) : undefined;
      if (question && hashes.has(questionHash(example))) learned += 1;
      else if (question) drawn.push(question);
    }
  }
  return { questions: drawn, learned, isTrainingUnknown: isUnknown };
}
