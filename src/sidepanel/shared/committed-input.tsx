import type { TargetedEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface CommittedInputProps {
  readonly id: string;
  readonly type: 'text' | 'number';
  readonly value: string | number;
  readonly min?: number;
  readonly max?: number;
  readonly spellcheck?: boolean;
  readonly 'aria-describedby'?: string | undefined;
  readonly onChange: (event: TargetedEvent<HTMLInputElement>) => void;
}

/** A required field whose value counts when it is left. What is being typed is not drawn over, whatever else changes meanwhile. */
export function CommittedInput({ type, value, ...rest }: CommittedInputProps) {
  const field = useRef<HTMLInputElement>(null);
  const shown = String(value);
  useLayoutEffect(() => {
    if (field.current) field.current.value = shown;
  }, [shown]);
  const all = { ...rest, ref: field, class: 'field', required: true };
  return type === 'number' ? <input {...all} type="number" /> : <input {...all} type="text" />;
}
