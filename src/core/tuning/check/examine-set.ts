import type { CheckProblem } from './check-problem';

/** What is counted of a set while it is read. */
export interface SetFacts {
  examples: number;
  validation: number;
  withSystemPrompt: number;
  denials: number;
  /** How many examples bear a tag. */
  readonly tags: Map<string, number>;
  /** How often an answer is given, by its beginning in lower case. */
  readonly answers: Map<string, number>;
}

/** A tag with a larger share of a set than this is learned at the cost of the others. */
const largestTagShare = 0.5;
const fewestTags = 3;
/** One answer to so many questions is what the model will say to any. */
const largestAnswerShare = 0.2;
/** In a smaller set a share says nothing. */
const fewestForShares = 20;
/** From here on part of the set can be spared for judging what was learned. */
const fewestForValidation = 50;

/** What is wrong with a set as a whole. */
export function* examineSet(facts: SetFacts, fewestExamples: number): Generator<CheckProblem> {
  const { examples, validation, withSystemPrompt, denials } = facts;
  const trained = examples - validation;
  if (trained < fewestExamples) yield { code: 'too-few', level: 'error', detail: String(trained) };
  if (examples === 0) return;
  if (withSystemPrompt > 0 && withSystemPrompt < examples) {
    yield { code: 'mixed-system-prompts', level: 'warning', detail: `${examples - withSystemPrompt}/${examples}` };
  }
  if (examples >= fewestForValidation && validation === 0) yield { code: 'no-validation', level: 'note' };
  if (denials === 0) yield { code: 'no-denials', level: 'note' };
  if (examples < fewestForShares) return;
  const [tag, tagged] = mostOf(facts.tags);
  if (facts.tags.size >= fewestTags && tagged > examples * largestTagShare) yield imbalance(tag, tagged, examples);
  const [answer, answered] = mostOf(facts.answers);
  if (facts.answers.size > 1 && answered > examples * largestAnswerShare) yield imbalance(answer, answered, examples);
}

function imbalance(what: string, count: number, examples: number): CheckProblem {
  return { code: 'imbalance', level: 'warning', detail: `${what.slice(0, 60)}: ${Math.round((count / examples) * 100)} %` };
}

function mostOf(counts: ReadonlyMap<string, number>): [string, number] {
  let most: [string, number] = ['', 0];
  for (const [name, count] of counts) if (count > most[1]) most = [name, count];
  return most;
}
