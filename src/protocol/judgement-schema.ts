import * as v from 'valibot';
import {
  isComparable,
  type JudgementId,
  type JudgementPlan,
  mostJudgedCharacters,
  mostJudgedQuestions,
  votes,
} from '../core/tuning/judging/judgement';

export const judgementIdSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.transform((value) => value as JudgementId),
);

export const pairNumberSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostJudgedQuestions));
export const voteSchema = v.picklist(votes);

const side = v.object({ model: v.pipe(v.string(), v.minLength(1), v.maxLength(500)), withRetrieval: v.boolean() });
const question = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(mostJudgedCharacters));

export const judgementPlanSchema = v.pipe(
  v.object({
    sides: v.tuple([side, side]),
    questions: v.variant('kind', [
      v.object({ kind: v.literal('held-out'), count: pairNumberSchema }),
      v.object({
        kind: v.literal('typed'),
        texts: v.pipe(v.array(question), v.minLength(1), v.maxLength(mostJudgedQuestions)),
        instructions: v.exactOptional(v.pipe(v.string(), v.maxLength(mostJudgedCharacters))),
      }),
    ]),
    seed: v.pipe(v.number(), v.safeInteger()),
  }),
  v.check((plan) => isComparable(plan)),
) satisfies v.GenericSchema<unknown, JudgementPlan>;
