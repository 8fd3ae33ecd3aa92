import { once } from '../../../core/once';
import { t, wordsLocale } from '../../../view/translate';
import { type MeasureSummary, type PlotData, summaryOf } from './course-data';

const losses = once(() => new Intl.NumberFormat(wordsLocale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
const shares = once(() => new Intl.NumberFormat(wordsLocale(), { style: 'percent', maximumFractionDigits: 0 }));

export function formatLoss(loss: number): string {
  return losses().format(loss);
}

export function formatAccuracy(share: number): string {
  return shares().format(share);
}

/** What the plot of the loss shows, in words. */
export function lossWords(data: PlotData): string {
  const { steps, training, validation } = summaryOf(data, 'Loss');
  return [
    ...(training ? [trainingLossWords(training, steps)] : []),
    ...(validation ? [validationLossWords(validation)] : []),
    // The set is learned by heart from there on.
    ...(validation && validation.last > validation.best * muchWorse ? [t('train_overfits', validation.bestStep)] : []),
  ].join(' ');
}

function trainingLossWords({ first, last, isOnce }: NonNullable<MeasureSummary['training']>, steps: number): string {
  if (isOnce) return t('train_loss_once', formatLoss(last));
  return t('train_loss_training', formatLoss(first), formatLoss(last), steps);
}

function validationLossWords({ last, best, bestStep }: NonNullable<MeasureSummary['validation']>): string {
  if (last === best) return t('train_loss_best', formatLoss(last));
  return t('train_loss_validation', formatLoss(last), formatLoss(best), bestStep);
}

/** Of the validation loss over the best one, from where on it is said. */
const muchWorse = 1.1;

/** What the plot of the accuracy shows, in words. */
export function accuracyWords(data: PlotData): string {
  const { training, validation } = summaryOf(data, 'Accuracy');
  return [
    ...(training ? [trainingAccuracyWords(training)] : []),
    ...(validation ? [t('train_accuracy_validation', formatAccuracy(validation.last))] : []),
  ].join(' ');
}

function trainingAccuracyWords({ first, last, isOnce }: NonNullable<MeasureSummary['training']>): string {
  if (isOnce) return t('train_accuracy_once', formatAccuracy(last));
  return t('train_accuracy_training', formatAccuracy(first), formatAccuracy(last));
}
