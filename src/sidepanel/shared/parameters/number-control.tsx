import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../view/translate';

interface NumberControlProps {
  readonly label: string;
  readonly describedBy: string;
  readonly value: number | undefined;
  /** Stands for no value. */
  readonly left: string;
  readonly limits: { readonly min: number; readonly max: number; readonly step: number };
  readonly onChange: (value: number | undefined) => void;
}

/** Beyond so many steps a slider is no help. */
const mostSteps = 200;

/** A number to type, and to slide where its range is small. */
export function NumberControl({ label, describedBy, left, value, limits, onChange }: NumberControlProps) {
  const { min, max, step } = limits;
  const [isRefused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // Drawn anew with each letter, “0.” would become “0” under the hands of whoever types 0.3.
  useLayoutEffect(() => {
    const { current: input } = field;
    if (input && !Object.is(input.valueAsNumber, value ?? Number.NaN)) input.value = value?.toString() ?? '';
  }, [value]);
  const neutral = min < 0 ? 0 : Math.min(1, max);
  return (
    <div class="number-control">
      <input
        ref={field}
        class="field"
        type="number"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={isRefused}
        placeholder={left}
        // Any number in the range will do, not only those that the slider stops at.
        {...{ min, max, step: Number.isInteger(step) ? step : 'any' }}
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
          aria-valuetext={value === undefined ? left : undefined}
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
