import { useSignal } from '@preact/signals';
import type { PriceEdit } from '../../core/models/model-prices';
import { shippedPrices } from '../../core/models/shipped-prices';
import type { SpendingStatus } from '../../protocol/spending-requests';
import { formatDate } from '../../view/format-date';
import { formatPriceUsd } from '../../view/format-usd';
import { OutsideLink } from '../../view/outside-link';
import { type MessageKey, t, tCount } from '../../view/translate';
import type { SpendingState } from '../state/spending-state';
import { Field } from './field';

interface OwnPricesProps {
  readonly spending: SpendingState;
  readonly status: SpendingStatus;
}

const amounts = {
  usdPerMillionInput: 'price_input',
  usdPerMillionCachedInput: 'price_cached_input',
  usdPerMillionOutput: 'price_output',
  usdPerImage: 'price_image',
  usdPerMillionTrained: 'price_trained',
} as const satisfies Partial<Record<keyof PriceEdit, MessageKey>>;

type Amount = keyof typeof amounts;
const amountNames = Object.keys(amounts) as Amount[];

/** Which prices are known, and those that the person has entered. */
export function OwnPrices({ spending, status }: OwnPricesProps) {
  const { capUsd, prices } = status;
  const write = (changed: readonly PriceEdit[]) => spending.change({ ...(capUsd === undefined ? {} : { capUsd }), prices: changed });
  const without = ({ host, model }: PriceEdit) => prices.filter((one) => one.host !== host || one.model !== model);
  return (
    <details class="own-prices">
      <summary>{t('prices')}</summary>
      <p class="small soft">{t('prices_intro')}</p>
      <ul class="small plain-list">
        {shippedPrices.map(({ host, source, date, models }) => (
          <li key={`${host} ${date}`}>
            {tCount('shipped_prices', Object.keys(models).length, host, formatDate(date))}{' '}
            <OutsideLink href={source}>{t('price_list')}</OutsideLink>
          </li>
        ))}
      </ul>
      {prices.length > 0 && (
        <ul class="own-price-list">
          {prices.map((edit) => (
            <li key={`${edit.host} ${edit.model}`} class="own-price">
              <span class="own-price-words">
                {t('model_at_server', edit.model, edit.host)}
                <br />
                <span class="small soft">{amountWords(edit)}</span>
              </span>
              <button
                type="button"
                class="button quiet"
                aria-label={t('remove_price', edit.model)}
                onClick={() => void write(without(edit))}
              >
                {t('remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <PriceForm onAdd={(edit) => write([...without(edit), edit])} />
    </details>
  );
}

function amountWords(edit: PriceEdit): string {
  return amountNames
    .flatMap((name) => (edit[name] === undefined ? [] : [t('amount_for', t(amounts[name]), formatPriceUsd(edit[name]))]))
    .join(' · ');
}

interface PriceFormProps {
  /** Gives whether it was stored. */
  readonly onAdd: (edit: PriceEdit) => Promise<boolean>;
}

function PriceForm({ onAdd }: PriceFormProps) {
  const typed = useSignal<Readonly<Record<string, string>>>({});
  const field = (name: string, label: MessageKey, isRequired: boolean) => (
    <Field key={name} label={t(label)}>
      {(id) => (
        <input
          id={id}
          class="field"
          spellcheck={false}
          {...(name in amounts ? { type: 'number', min: 0, max: 1_000_000, step: 'any' } : { maxLength: 1_000 })}
          required={isRequired}
          value={typed.value[name] ?? ''}
          onInput={(event) => {
            typed.value = { ...typed.value, [name]: event.currentTarget.value };
          }}
        />
      )}
    </Field>
  );
  const add = async () => {
    const asTyped = typed.value;
    const { server = '', model = '' } = asTyped;
    const entered = amountNames.flatMap((name) => (asTyped[name]?.trim() ? [[name, Number(asTyped[name])] as const] : []));
    const isStored = await onAdd({ host: hostOf(server), model: model.trim(), ...Object.fromEntries(entered) });
    // The next one may be on its way already.
    if (isStored && typed.value === asTyped) typed.value = {};
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {field('server', 'price_server', true)}
      {field('model', 'price_model', true)}
      {amountNames.map((name) => field(name, amounts[name], false))}
      <div class="actions">
        <button type="submit" class="button">
          {t('add_price')}
        </button>
      </div>
    </form>
  );
}

/** People write a whole address where its host is asked for. */
function hostOf(server: string): string {
  const written = server.trim();
  return URL.canParse(written) && /^https?:/i.test(written) ? new URL(written).host : written.toLowerCase();
}
