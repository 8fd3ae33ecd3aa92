import { originPattern } from '../../../core/capture/origin-pattern';
import { isLocalServer } from '../../../core/models/is-local-server';
import type { Problem } from '../../../core/problem';
import { passesCap, type SpendingSettings, type SpentOfCap } from '../../../core/spending/spending-settings';
import { trainedTokens, trainingCostUsd } from '../../../core/tuning/training/training-cost';
import { trainedExampleTokens, trainingPriceOf } from '../../../core/tuning/training/training-price';
import { trainingServices } from '../../../core/tuning/training/training-services';
import type { TuningPlan } from '../../../core/tuning/training/tuning-job';
import type { TuningPlanEstimate } from '../../../protocol/tuning-job-requests';
import type { TrainingSet } from './read-training-set';
import type { TuningServiceAddress } from './training-access';

/** What a plan would come to, and what of it the set stands in the way of. */
export function estimateTraining(
  plan: TuningPlan,
  set: TrainingSet,
  baseUrl: string,
  { prices }: Pick<SpendingSettings, 'prices'>,
): TuningPlanEstimate {
  const mostTokens = trainedExampleTokens(plan.model);
  const ofSide = ({ bytes, examples, textTokens }: TrainingSet['training']) => ({
    examples,
    tokens: trainedTokens(textTokens, mostTokens),
    bytes,
  });
  const training = ofSide(set.training);
  const service = trainingServices[plan.service];
  const epochs = plan.parameters.epochs ?? service.usualEpochs(training.examples);
  const price = trainingPriceOf(baseUrl, plan.model, prices);
  const isSendingBoth = set.validation.examples > 0;
  return {
    baseUrl,
    training,
    ...(isSendingBoth ? { validation: ofSide(set.validation) } : {}),
    epochs,
    ...(price
      ? { usd: trainingCostUsd(training.tokens, epochs, price.usdPerMillionTrained), usdPerMillionTrained: price.usdPerMillionTrained }
      : {}),
    ...(price?.date === undefined ? {} : { priceDate: price.date }),
    hindrances: hindrancesOfSet(plan, set, service.mostFileBytes),
  };
}

function hindrancesOfSet({ method }: TuningPlan, { training, validation, refused }: TrainingSet, mostFileBytes: number): Problem[] {
  const hindrances: Problem[] = [];
  const { examples } = training;
  if (method === 'dpo' && examples === 0) hindrances.push({ code: 'tuning-nothing-rejected' });
  else if (refused.some(({ code }) => code === 'too-few')) hindrances.push({ code: 'tuning-examples-too-few', detail: String(examples) });
  const others = refused.filter(({ code }) => code !== 'too-few');
  if (others.length > 0) {
    hindrances.push({ code: 'tuning-examples-refused', detail: others.map(({ code, count }) => `${code}: ${count}`).join(', ') });
  }
  const largest = Math.max(training.bytes, validation.bytes);
  if (largest > mostFileBytes) {
    hindrances.push({ code: 'tuning-set-too-large', detail: `${megabytes(largest)} / ${megabytes(mostFileBytes)} MB` });
  }
  return hindrances;
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);

/** What of the person's own settings stands in the way. */
export async function hindrancesOfAccess(
  { baseUrl, apiKey }: TuningServiceAddress,
  mayReach: (originPattern: string) => Promise<boolean>,
): Promise<Problem[]> {
  const origin = originPattern(baseUrl);
  if (origin === undefined) return [{ code: 'model-address-invalid', detail: baseUrl }];
  const { host, hostname } = new URL(baseUrl);
  const hindrances: Problem[] = [];
  if (apiKey === '' && !isLocalServer(hostname)) hindrances.push({ code: 'tuning-key-missing', detail: host });
  if (!(await mayReach(origin))) hindrances.push({ code: 'model-permission-missing', detail: host });
  return hindrances;
}

/** Whether the month's limit stands in the way; it is looked at once more, in one step with the setting aside, when the job begins. */
export function hindrancesOfCap(spent: SpentOfCap, { usd }: Pick<TuningPlanEstimate, 'usd'>): Problem[] {
  if (!passesCap(spent, usd ?? 0, usd === undefined)) return [];
  return [capProblem(spent)];
}

export function capProblem({ spentUsd, capUsd }: SpentOfCap): Problem {
  return { code: 'spending-cap', detail: `$${spentUsd.toFixed(2)} / $${capUsd?.toFixed(2)}` };
}
