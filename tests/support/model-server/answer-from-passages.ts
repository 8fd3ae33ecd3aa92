import { conceptOf } from './concepts';
import { contentWords } from './content-words';
import type { Prompt } from './read-prompt';
import { splitSentences } from './split-sentences';

/** One sentence of a passage, or two that follow each other: “It is 41 metres tall” says little without the sentence before. */
interface Candidate {
  readonly number: number;
  readonly text: string;
  readonly isPair: boolean;
  readonly words: ReadonlySet<string>;
  /** The words of the whole passage, of its title and of the headings it stands under. */
  readonly surroundings: ReadonlySet<string>;
  readonly hasFigure: boolean;
}

export const noAnswer = 'The saved pages do not answer this question.';

// A pair must cover clearly more than its better half to be preferred.
const pairShare = 0.88;
// What a question's word is worth when it stands in the sentence itself, as a synonym, or only in the title, headings and the sentences around.
const matchWorth = { word: 1, concept: 0.8, surroundings: 0.35 } as const;
/** The share of the question that a candidate must cover to be given as the answer. */
const leastCoverage = 0.4;
/** A second candidate is given too when it covers nearly as much. */
const secondShare = 0.85;
const wordsOfAWholeQuestion = 3;
const earlierQuestionShare = 0.8;
// “How tall…” is answered by a sentence with a number in it.
const figureBonus = 0.12;
const asksForFigure = /\b(?:how (?:many|much|long|far|tall|high|old|big|heavy|often|hot)|when|what year|which year|what percentage)\b/i;

function withConcepts(words: readonly string[]): Set<string> {
  const concepts = words.flatMap((word) => {
    const concept = conceptOf(word);
    return concept ? [`concept ${concept}`] : [];
  });
  return new Set([...words, ...concepts]);
}

function listCandidates(prompt: Prompt): Candidate[] {
  return prompt.passages.flatMap((passage) => {
    const statements = splitSentences(passage.text);
    const surroundings = withConcepts(contentWords(`${passage.title} ${passage.section} ${passage.text}`));
    const toCandidate = (text: string, isPair: boolean): Candidate => ({
      number: passage.number,
      text,
      isPair,
      words: withConcepts(contentWords(text)),
      surroundings,
      hasFigure: /\d/.test(text),
    });
    const pairs = statements.flatMap((statement, index) => {
      const next = statements[index + 1];
      return next?.block === statement.block ? [toCandidate(`${asSentence(statement.text)} ${next.text}`, true)] : [];
    });
    return [...statements.map(({ text }) => toCandidate(text, false)), ...pairs];
  });
}

/** The question's words and how much each counts: a rare word more than one that every sentence has. */
function weighQuestion(prompt: Prompt, candidates: readonly Candidate[]): Map<string, number> {
  const asked = new Set(contentWords(prompt.question));
  const earlier = asked.size < wordsOfAWholeQuestion ? new Set(prompt.earlierQuestions.flatMap(contentWords)) : new Set<string>();
  const sentences = candidates.filter(({ isPair }) => !isPair);
  const weigh = (word: string): number => {
    const holders = sentences.filter((candidate) => candidate.words.has(word)).length;
    return Math.log(1 + (sentences.length + 1) / (holders + 1));
  };
  const weights = new Map<string, number>();
  for (const word of earlier) weights.set(word, weigh(word) * earlierQuestionShare);
  for (const word of asked) weights.set(word, weigh(word));
  return weights;
}

function worthOf(word: string, candidate: Candidate): number {
  if (candidate.words.has(word)) return matchWorth.word;
  const concept = conceptOf(word);
  if (concept && candidate.words.has(`concept ${concept}`)) return matchWorth.concept;
  if (candidate.surroundings.has(word) || (concept && candidate.surroundings.has(`concept ${concept}`))) return matchWorth.surroundings;
  return 0;
}

/** Plain text with its closing dot, ready to take a mark. */
function asSentence(text: string): string {
  return /[.!?。!?؟…`]$/u.test(text) ? text : `${text}.`;
}

/**
 * Answers a prompt by quoting, from its passages, the sentences that cover most of the question's words, with their `[n]` mark, and says that
 * there is no answer (`noAnswer`, with no mark) when none cover enough. So an answer is right only if the right passage was found.
 */
export function answerFromPassages(prompt: Prompt): string {
  const candidates = listCandidates(prompt);
  const weights = weighQuestion(prompt, candidates);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const wantsFigure = asksForFigure.test(prompt.question);
  const ranked = candidates
    .map((candidate) => {
      const covered = [...weights].reduce((sum, [word, weight]) => sum + weight * worthOf(word, candidate), 0) / (total || 1);
      const bonus = wantsFigure && candidate.hasFigure ? figureBonus : 0;
      return { candidate, covered, score: (covered + bonus) * (candidate.isPair ? pairShare : 1) };
    })
    .filter(({ covered }) => covered >= leastCoverage)
    .sort((left, right) => right.score - left.score);
  const best = ranked[0];
  if (!best) return noAnswer;
  const answer = `According to your pages, ${asSentence(best.candidate.text)} [${best.candidate.number}]`;
  const second = ranked.find(({ candidate }) => !candidate.isPair && !best.candidate.text.includes(candidate.text));
  if (!second || second.score < best.score * secondShare) return answer;
  return `${answer}\n\n**Also relevant:**\n\n- ${asSentence(second.candidate.text)} [${second.candidate.number}]`;
}
