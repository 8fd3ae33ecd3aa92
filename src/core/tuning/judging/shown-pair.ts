import type { JudgedAnswer, JudgedPair, Vote } from './judgement';
import { isWhole } from './judgement';

/** An answer without what tells whose it is. */
export type BlindAnswer = Pick<JudgedAnswer, 'status' | 'kind' | 'text' | 'sources' | 'report' | 'check' | 'problem'>;

/** What may be seen of a pair besides its words, which may be long. */
export interface OutlinedPair {
  readonly number: number;
  readonly vote?: Vote;
  /** Both have answered. */
  readonly isReady: boolean;
  /** Whose answers they are: places of the plan's sides. Absent until all is revealed. */
  readonly sides?: { readonly a: 0 | 1; readonly b: 0 | 1 };
}

/** A pair as it may be seen. */
export interface ShownPair extends OutlinedPair {
  readonly question: string;
  readonly reference?: string;
  /** Both or none: which one comes first would tell. */
  readonly answers?: { readonly a: BlindAnswer; readonly b: BlindAnswer };
}

export function outlinedPair(pair: JudgedPair, isRevealed: boolean): OutlinedPair {
  const { number, isSwapped, vote } = pair;
  return {
    number,
    isReady: isWhole(pair),
    ...(vote ? { vote } : {}),
    ...(isRevealed ? { sides: isSwapped ? { a: 1, b: 0 } : { a: 0, b: 1 } } : {}),
  };
}

/** What may be seen of a pair: until it is revealed, neither whose answers they are nor what would tell, such as time and cost. */
export function shownPair(pair: JudgedPair, isRevealed: boolean): ShownPair {
  const { text: question, reference } = pair.question;
  return {
    ...outlinedPair(pair, isRevealed),
    question,
    ...(reference === undefined ? {} : { reference }),
    ...(isWhole(pair)
      ? {
          answers: pair.isSwapped ? { a: blind(pair.second), b: blind(pair.first) } : { a: blind(pair.first), b: blind(pair.second) },
        }
      : {}),
  };
}

function blind({ status, kind, text, sources, report, check, problem }: JudgedAnswer): BlindAnswer {
  return {
    status,
    kind,
    text,
    sources,
    report,
    ...(check ? { check } : {}),
    // Its detail is what the server said, which may name the model.
    ...(problem ? { problem: { code: problem.code } } : {}),
  };
}
