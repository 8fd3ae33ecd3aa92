import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../view/translate';
import { useLoaded } from '../../../view/use-loaded';
import { ProblemNotice } from '../../shared/problem-notice';
import type { PlotData } from './course-data';
import type { Plot } from './draw-plot';

// Only those load it who train.
const loadPlots = () => import('./draw-plot');

interface MeasurePlotProps {
  readonly title: string;
  readonly data: PlotData;
  readonly format: (value: number) => string;
}

/** One measure in the course of a training, of the training and of the validation examples. The figures are those of the last step, or of the one pointed at. */
export function MeasurePlot({ title, data, format }: MeasurePlotProps) {
  const { module: drawing, hasFailed } = useLoaded(loadPlots);
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const [pointed, setPointed] = useState<number>();
  useEffect(() => {
    if (!drawing || !host.current) return;
    const drawn = drawing.drawPlot(host.current, { format, onPointed: setPointed });
    plot.current = drawn;
    return drawn.remove;
  }, [drawing, format]);
  useEffect(() => plot.current?.show(data), [drawing, format, data]);
  const at = pointed ?? data.steps.length - 1;
  const figure = (values: PlotData['training']) => {
    const value = values.findLast((one, index) => index <= at && one !== null);
    return typeof value === 'number' ? format(value) : '–';
  };
  return (
    <figure class="measure-plot">
      <figcaption class="small">
        <strong>{title}</strong>
        <span class="soft">{t('train_step', data.steps[at] ?? 0)}</span>
      </figcaption>
      {hasFailed ? (
        <ProblemNotice problem={{ code: 'part-not-loaded' }} />
      ) : (
        <div ref={host} class="plot-room" role="img" aria-label={title} />
      )}
      <p class="plot-legend small">
        <span class="plot-training">{t('train_of_training', figure(data.training))}</span>
        {data.validation.some((value) => value !== null) && (
          <span class="plot-validation">{t('train_of_validation', figure(data.validation))}</span>
        )}
      </p>
    </figure>
  );
}
