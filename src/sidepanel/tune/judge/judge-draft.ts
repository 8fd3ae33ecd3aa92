import {
  isComparable,
  type JudgedSide,
  type JudgementPlan,
  mostJudgedCharacters,
  mostJudgedQuestions,
} from '../../../core/tuning/judging/judgement';

/** What is being put together, as it is typed. */
export interface JudgeDraft {
  readonly sides: readonly [JudgedSide, JudgedSide];
  readonly kind: JudgementPlan['questions']['kind'];
  readonly count: number;
  readonly seed: number;
  /** A question a line. */
  readonly texts: string;
  readonly instructions: string;
}

/** What of what was typed would be asked of nobody. */
export interface TypedFlaws {
  /** So many questions, which are too many. */
  readonly questions?: number;
  /** The first question that is too long, counted from 1. */
  readonly longQuestion?: number;
  readonly areInstructionsLong?: true;
}

const side: JudgedSide = { model: '', withRetrieval: false };

export const firstDraft: JudgeDraft = { sides: [side, side], kind: 'held-out', count: 20, seed: 42, texts: '', instructions: '' };

function linesOf({ texts }: JudgeDraft): string[] {
  return texts
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

export function flawsOf(draft: JudgeDraft): TypedFlaws {
  if (draft.kind !== 'typed') return {};
  const lines = linesOf(draft);
  const long = lines.findIndex(({ length }) => length > mostJudgedCharacters);
  return {
    ...(lines.length > mostJudgedQuestions ? { questions: lines.length } : {}),
    ...(long < 0 ? {} : { longQuestion: long + 1 }),
    ...(draft.instructions.trim().length > mostJudgedCharacters ? { areInstructionsLong: true } : {}),
  };
}

/** @returns nothing while something is missing, or too much */
export function planOf(draft: JudgeDraft): JudgementPlan | undefined {
  const { sides, kind, count, seed, instructions } = draft;
  const lines = linesOf(draft);
  if (Object.keys(flawsOf(draft)).length > 0) return undefined;
  if (sides.some(({ model }) => model === '') || !isComparable({ sides })) return undefined;
  if (kind === 'held-out') return count >= 1 ? { sides, questions: { kind, count }, seed } : undefined;
  if (lines.length === 0) return undefined;
  const told = instructions.trim();
  return { sides, questions: { kind, texts: lines, ...(told ? { instructions: told } : {}) }, seed };
}
