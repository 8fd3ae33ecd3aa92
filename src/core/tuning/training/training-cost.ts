import { shippedPrices } from '../../models/shipped-prices';

/**
 * OpenAI's rule for the number of epochs when none is given
 * (https://github.com/openai/openai-cookbook/blob/main/examples/Chat_finetuning_data_prep.ipynb): three, unless that shows the model too few or too many
 * examples.
 */
const targetEpochs = 3;
const fewestShown = 100;
const mostShown = 25_000;
const mostEpochs = 25;

export function automaticEpochs(examples: number): number {
  if (examples <= 0) return targetEpochs;
  if (examples * targetEpochs < fewestShown) return Math.min(mostEpochs, Math.floor(fewestShown / examples));
  if (examples * targetEpochs > mostShown) return Math.max(1, Math.floor(mostShown / examples));
  return targetEpochs;
}

export interface TrainableModel {
  /** Of the provider's server. */
  readonly host: string;
  readonly model: string;
  readonly usdPerMillionTrained: number;
  /** What of an example goes beyond is cut off before it is trained. */
  readonly maximumExampleTokens: number;
  /** When the price was looked up, ISO 8601. */
  readonly date: string;
}

/** The models of the shipped price file that can be trained. */
export function trainableModels(): TrainableModel[] {
  return shippedPrices.flatMap(({ host, date, models }) =>
    Object.entries(models).flatMap(([name, { usdPerMillionTrained, trainedExampleTokens }]) =>
      usdPerMillionTrained === undefined || trainedExampleTokens === undefined
        ? []
        : [{ host, date, model: name.replace(/^ft:/, ''), usdPerMillionTrained, maximumExampleTokens: trainedExampleTokens }],
    ),
  );
}

/** The tokens of a set that are trained in one epoch. */
export function trainedTokens(textTokens: Iterable<number>, maximumExampleTokens: number): number {
  let sum = 0;
  for (const tokens of textTokens) sum += Math.min(tokens, maximumExampleTokens);
  return sum;
}

/** In USD. Tokens × epochs × price; nothing is charged for validation, and neither time nor carbon is guessed. */
export function trainingCostUsd(tokens: number, epochs: number, usdPerMillionTrained: number): number {
  return (tokens * epochs * usdPerMillionTrained) / 1_000_000;
}
