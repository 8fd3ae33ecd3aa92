import { once } from '../../../view/once';
import { t, wordsLocale } from '../../../view/translate';
import { type PlotData, summaryOf } from './course-data';

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
    ...(training ? [t('train_loss_training', formatLoss(training.first), formatLoss(training.last), steps)] : []),
    ...(validation ? [t('train_loss_validation', formatLoss(validation.last), formatLoss(validation.best), validation.bestStep)] : []),
    // The set is learned by heart from there on.
    ...(validation && validation.last > validation.best * muchWorse ? [t('train_overfits', validation.bestStep)] : []),
  ].join(' ');
}

/** Of the validation loss over the best one, from where on it is said. */
const muchWorse = 1.1;

/** What the plot of the accuracy shows, in words. */
export function accuracyWords(data: PlotData): string {
  const { training, validation } = summaryOf(data, 'Accuracy');
  return [
    ...(training ? [t('train_accuracy_training', formatAccuracy(training.first), formatAccuracy(training.last))] : []),
    ...(validation ? [t('train_accuracy_validation', formatAccuracy(validation.last))] : []),
  ].join(' ');
}
