import { findCitationMarks } from '../../conversation/citation-marks';

export interface DraftedPair {
  readonly question: string;
  readonly answer: string;
  /** Those that the answer rests on, as the model says; in the order in which it names them. */
  readonly passages: readonly number[];
}

/** What is longer is no question that anybody asks, and no answer of a few sentences. */
const longestQuestionCharacters = 1_000;
const longestAnswerCharacters = 8_000;
/** Deeper there is no pair, whatever a model writes. */
const deepest = 4;

/**
 * The pairs in what a model has written, however they are wrapped: in a list or an object, in a code block, between words, or cut off at the end. What is
 * not a whole pair is passed over, and so is a question that came before.
 */
export function readDraftedPairs(written: string, most: number): DraftedPair[] {
  const pairs = new Map<string, DraftedPair>();
  for (const text of innermostObjects(written)) {
    const pair = pairOf(text);
    const key = pair?.question.toLowerCase();
    if (pair && key && !pairs.has(key)) pairs.set(key, pair);
    if (pairs.size >= most) break;
  }
  return [...pairs.values()];
}

/** Texts from a brace to the one that closes it, with none inside. Each sign is looked at once. */
function* innermostObjects(written: string): Generator<string, void, void> {
  const open: { readonly start: number; hasInner: boolean }[] = [];
  let isInString = false;
  for (let at = 0; at < written.length; at += 1) {
    const sign = written[at];
    if (isInString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isInString = false;
    } else if (sign === '"') isInString = open.length > 0;
    else if (sign === '{') {
      const around = open.at(-1);
      if (around) around.hasInner = true;
      open.push({ start: at, hasInner: false });
    } else if (sign === '}') {
      const closed = open.pop();
      if (closed && !closed.hasInner && open.length < deepest) yield written.slice(closed.start, at + 1);
    }
  }
}

function pairOf(text: string): DraftedPair | undefined {
  let record: Readonly<Record<string, unknown>>;
  try {
    record = JSON.parse(text) as typeof record;
  } catch {
    return undefined;
  }
  const { question, answer, passages } = record;
  if (typeof question !== 'string' || typeof answer !== 'string') return undefined;
  const marks = findCitationMarks(answer);
  const spoken = { question: question.trim(), answer: withoutMarks(answer).trim() };
  if (spoken.question === '' || spoken.answer === '') return undefined;
  if (spoken.question.length > longestQuestionCharacters || spoken.answer.length > longestAnswerCharacters) return undefined;
  const named = [passages].flat().map(Number).filter(Number.isInteger);
  return { ...spoken, passages: [...new Set([...named, ...marks.flatMap(({ numbers }) => numbers)])] };
}

/** Nobody has asked for marks, and nothing that they could point to is learned. */
function withoutMarks(answer: string): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of findCitationMarks(answer)) {
    kept += answer.slice(from, start).trimEnd();
    from = end;
  }
  return kept + answer.slice(from);
}
