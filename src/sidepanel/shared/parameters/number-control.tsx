import { useState } from 'preact/hooks';
import { t } from '../../../view/translate';

interface NumberControlProps {
  readonly label: string;
  readonly describedBy: string;
  readonly value: number | undefined;
  readonly limits: { readonly min: number; readonly max: number; readonly step: number };
  readonly onChange: (value: number | undefined) => void;
}

/** Beyond so many steps a slider is no help. */
const mostSteps = 200;

/** A number to type, and to slide where its range is small. Empty stands for what the server would do. */
export function NumberControl({ label, describedBy, value, limits, onChange }: NumberControlProps) {
  const { min, max, step } = limits;
  const [isRefused, setRefused] = useState(false);
  const neutral = min < 0 ? 0 : Math.min(1, max);
  return (
    <div class="number-control">
      <input
        class="field"
        type="number"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={isRefused}
        placeholder={t('left_to_server')}
        // Any number in the range will do, not only those that the slider stops at.
        {...{ min, max, step: Number.isInteger(step) ? step : 'any' }}
        value={value ?? ''}
        onInput={({ currentTarget }) => {
          const { valueAsNumber: typed, validity } = currentTarget;
          setRefused(!validity.valid);
          if (validity.valid) onChange(Number.isNaN(typed) ? undefined : typed);
        }}
      />
      {(max - min) / step <= mostSteps && (
        <input
          type="range"
          aria-label={t('slider', label)}
          aria-valuetext={value === undefined ? t('left_to_server') : undefined}
          {...limits}
          value={value ?? neutral}
          onInput={({ currentTarget }) => {
            setRefused(false);
            onChange(currentTarget.valueAsNumber);
          }}
        />
      )}
      {isRefused && (
        <p class="small" role="alert">
          {t('number_not_taken', min, max)}
        </p>
      )}
    </div>
  );
}
