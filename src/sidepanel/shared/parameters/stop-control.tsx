import { maximumStops } from '../../../core/models/model-parameters';
import { t } from '../../../view/translate';

interface StopControlProps {
  readonly label: string;
  readonly describedBy: string;
  readonly stops: readonly string[];
  readonly onChange: (stops: readonly string[] | undefined) => void;
}

/** One text a line, of which an answer ends before the first that comes. */
export function StopControl({ label, describedBy, stops, onChange }: StopControlProps) {
  return (
    <textarea
      class="field"
      rows={2}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={t('stop_placeholder')}
      defaultValue={stops.join('\n')}
      key={stops.length === 0 ? 'none' : 'some'}
      maxLength={800}
      onChange={({ currentTarget }) => {
        const typed = currentTarget.value
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => line.slice(0, 200))
          .slice(0, maximumStops);
        onChange(typed.length > 0 ? typed : undefined);
      }}
    />
  );
}
