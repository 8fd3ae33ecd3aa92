import { isLocalServer } from '../../models/is-local-server';
import type { PriceEdit } from '../../models/model-prices';
import { trainableModels } from './training-cost';

export interface TrainingPrice {
  readonly usdPerMillionTrained: number;
  /** When it was looked up, ISO 8601; absent when the person entered it, or nobody sends a bill. */
  readonly date?: string;
}

const withoutDate = (model: string) => model.replace(/-\d{4}-\d{2}-\d{2}$/, '');

/** What a token of training costs at a server, once an epoch: as the person entered it, else nothing for their own server, else as shipped. */
export function trainingPriceOf(baseUrl: string, model: string, edits: readonly PriceEdit[]): TrainingPrice | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { host, hostname } = new URL(baseUrl);
  const names = [model, `ft:${model}`, withoutDate(model), `ft:${withoutDate(model)}`];
  const edit = edits.find((one) => one.host === host && names.includes(one.model) && one.usdPerMillionTrained !== undefined);
  if (edit?.usdPerMillionTrained !== undefined) return { usdPerMillionTrained: edit.usdPerMillionTrained };
  if (isLocalServer(hostname)) return { usdPerMillionTrained: 0 };
  const shipped = trainableModels().find((one) => one.host === host && names.includes(one.model));
  return shipped && { usdPerMillionTrained: shipped.usdPerMillionTrained, date: shipped.date };
}

/** How much of an example a model trains; of one that is not listed, all of it. */
export function trainedExampleTokens(model: string): number {
  return trainableModels().find((one) => one.model === withoutDate(model))?.maximumExampleTokens ?? Number.POSITIVE_INFINITY;
}
