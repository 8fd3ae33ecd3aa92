import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Draws the control, which must take the id that it is given and be described by the second one. */
  readonly children: (id: string, hintId: string | undefined) => ComponentChildren;
}

/** A control with its label over it and a hint under it. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div class="labelled-field">
      <label for={id}>{label}</label>
      {children(id, hintId)}
      {hint && (
        <p id={hintId} class="soft small">
          {hint}
        </p>
      )}
    </div>
  );
}
