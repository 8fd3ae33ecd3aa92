import { useId } from 'preact/hooks';
import { type Facet, type PageStatus, pageStatuses } from '../../core/pages/choose-pages';
import { dayOf, startOfDay } from '../../view/day-field';
import { type MessageKey, t } from '../../view/translate';
import type { LibraryState } from '../state/library-state';

export const statusWords = {
  saving: 'status_saving',
  failed: 'status_failed',
  partial: 'status_partial',
  'without-vectors': 'status_without_vectors',
} as const satisfies Record<PageStatus, MessageKey>;

/** What the list can be narrowed to. Each choice counts at once. */
export function FilterForm({ id, library }: { readonly id: string; readonly library: LibraryState }) {
  const { filter, facets } = library.list;
  const { site, tag, status, after, before } = filter.value;
  const { sites, tags, hasModel } = facets.value;
  const narrow = (part: Parameters<LibraryState['narrow']>[0]) => void library.narrow(part);
  const statuses = pageStatuses.filter((one) => one !== 'without-vectors' || hasModel);
  return (
    <fieldset id={id} class="filter-form">
      <legend class="visually-hidden">{t('filter')}</legend>
      <Choice label={t('filter_site')} value={site} choices={sites.map(facetChoice)} onChoose={(chosen) => narrow({ site: chosen })} />
      <Choice label={t('filter_tag')} value={tag} choices={tags.map(facetChoice)} onChoose={(chosen) => narrow({ tag: chosen })} />
      <Choice
        label={t('filter_status')}
        value={status}
        choices={statuses.map((one) => [one, t(statusWords[one])])}
        onChoose={(chosen) => narrow({ status: chosen as PageStatus | undefined })}
      />
      <Day label={t('filter_after')} value={dayOf(after)} onChoose={(day) => narrow({ after: startOfDay(day) })} />
      {/* Until the end of that day. */}
      <Day label={t('filter_before')} value={dayOf(before, -1)} onChoose={(day) => narrow({ before: startOfDay(day, 1) })} />
    </fieldset>
  );
}

const facetChoice = ({ name, pages }: Facet): [string, string] => [name, t('facet', name, pages)];

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [value: string, words: string])[];
  readonly onChoose: (chosen: string | undefined) => void;
}

function Choice({ label, value = '', choices, onChoose }: ChoiceProps) {
  const id = useId();
  const isKnown = value === '' || choices.some(([choice]) => choice === value);
  return (
    <>
      <label class="soft small" for={id}>
        {label}
      </label>
      <select id={id} class="field" value={value} onChange={(event) => onChoose(event.currentTarget.value || undefined)}>
        <option value="">{t('filter_all')}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (day: string) => void;
}

function Day({ label, value, onChoose }: DayProps) {
  const id = useId();
  return (
    <>
      <label class="soft small" for={id}>
        {label}
      </label>
      <input id={id} class="field" type="date" value={value} onChange={(event) => onChoose(event.currentTarget.value)} />
    </>
  );
}
