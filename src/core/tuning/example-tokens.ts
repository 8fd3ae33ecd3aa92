import { type ExampleMessage, foldPassages, messagesOf, type TuningExample } from './example';

/** Counts the tokens of a text, exactly or nearly. */
export type CountTokens = (text: string) => number;

/**
 * What surrounds each turn, its role included, and what begins the answer
 * (https://github.com/openai/openai-cookbook/blob/main/examples/Chat_finetuning_data_prep.ipynb: 3 a message, its role, 1 a name, 3 an example).
 */
const turnTokens = 4;
const nameTokens = 1;
const exampleTokens = 3;

export interface ExampleTokens {
  /** Of each turn, its surroundings included. */
  readonly turns: readonly number[];
  /** Of the conversation with its answer, as a trainer counts it. */
  readonly total: number;
  /** The same with the rejected answer in the place of the good one, which training by preference reads besides; 0 where nothing is rejected. */
  readonly totalRejected: number;
}

export function tokensOf(example: TuningExample, count: CountTokens): ExampleTokens {
  const shown = foldPassages(example);
  const tokensOfTurn = (message: ExampleMessage) => turnTokens + spokenTokens(message, count);
  const turns = messagesOf(shown).map(tokensOfTurn);
  const tools = shown.tools === undefined ? 0 : count(shown.tools);
  const total = turns.reduce((sum, tokens) => sum + tokens, exampleTokens + tools);
  const answer = shown.answer ? (turns.at(-1) ?? 0) : 0;
  return { turns, total, totalRejected: shown.rejected ? total - answer + tokensOfTurn(shown.rejected) : 0 };
}

function spokenTokens({ content, name, toolCalls }: ExampleMessage, count: CountTokens): number {
  const called = toolCalls?.reduce((sum, call) => sum + count(call.name) + count(call.arguments), 0) ?? 0;
  return count(content) + (name === undefined ? 0 : count(name) + nameTokens) + called;
}
