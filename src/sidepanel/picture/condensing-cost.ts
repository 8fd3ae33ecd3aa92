import { type Cost, costOfTokens, type Price } from '../../core/models/model-prices';
import { estimateTokens } from '../../core/text/estimate-tokens';

/** The instructions that go with the answer. */
const instructionTokens = 100;
/** A description of at most 80 words is asked for. */
const descriptionTokens = 120;

/** What having an answer turned into the prompt of a picture is likely to cost. */
export function condensingCost(answer: string, price: Price): Cost {
  return costOfTokens(price, { promptTokens: instructionTokens + estimateTokens(answer), completionTokens: descriptionTokens });
}
