import { useState } from 'preact/hooks';
import type { Counted } from '../../core/import/choose-items';
import { t } from '../../view/translate';
import { CheckField } from '../shared/check-field';
import type { ImportState } from './import-state';

/** As many as can be looked through; the others are found by typing. */
const shownAtOnce = 30;

/** What not to import: what is archived, by folder or tag, by site. */
export function LeaveOut({ imports }: { readonly imports: ImportState }) {
  const { hosts, tags, archived } = imports.groups.value;
  const leftOut = imports.leftOut.value;
  if (archived === 0 && tags.length === 0 && hosts.length < 2) return null;
  return (
    <details class="leave-out">
      <summary>{t('leave_out')}</summary>
      {archived > 0 && (
        <CheckField
          label={t('leave_out_archived', archived)}
          isChecked={leftOut.archived}
          onChange={(isChecked) => void imports.leaveOut({ archived: isChecked })}
        />
      )}
      <Group
        legend={t('leave_out_tags')}
        filterLabel={t('leave_out_find_tag')}
        entries={tags}
        chosen={leftOut.tags}
        onChange={(chosen) => void imports.leaveOut({ tags: chosen })}
      />
      <Group
        legend={t('leave_out_sites')}
        filterLabel={t('leave_out_find_site')}
        entries={hosts}
        chosen={leftOut.hosts}
        onChange={(chosen) => void imports.leaveOut({ hosts: chosen })}
      />
    </details>
  );
}

interface GroupProps {
  readonly legend: string;
  readonly filterLabel: string;
  readonly entries: readonly Counted[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function Group({ legend, filterLabel, entries, chosen, onChange }: GroupProps) {
  const [filter, setFilter] = useState('');
  if (entries.length === 0) return null;
  const wanted = filter.trim().toLowerCase();
  const matching = entries.filter(({ name }) => name.includes(wanted));
  const change = (name: string, isChecked: boolean) => {
    const changed = new Set(chosen);
    if (isChecked) changed.add(name);
    else changed.delete(name);
    onChange(changed);
  };
  return (
    <fieldset class="leave-out-group">
      <legend>{legend}</legend>
      {entries.length > shownAtOnce && (
        <input
          class="field"
          type="search"
          aria-label={filterLabel}
          placeholder={filterLabel}
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      {matching.slice(0, shownAtOnce).map(({ name, count }) => (
        <CheckField
          key={name}
          label={t('leave_out_entry', name, count)}
          isChecked={chosen.has(name)}
          onChange={(isChecked) => change(name, isChecked)}
        />
      ))}
      {matching.length > shownAtOnce && <p class="small soft">{t('import_more', matching.length - shownAtOnce)}</p>}
    </fieldset>
  );
}
