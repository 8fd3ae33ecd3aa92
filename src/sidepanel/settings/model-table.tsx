import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { refusedByFamily } from '../../core/models/model-families';
import { type PriceEdit, priceOf } from '../../core/models/model-prices';
import { type ModelSort, matchingModels, type OfferedModel, refusedByList, sortModels, takenAndNot } from '../../core/models/offered-model';
import { formatPriceUsd } from '../../view/format-usd';
import { listWords } from '../../view/list-words';
import { type MessageKey, t, tCount } from '../../view/translate';
import { ModelLineage } from '../shared/lineage/model-lineage';
import { parameterWords } from '../shared/parameters/parameter-words';
import type { SettingsState } from '../state/settings-state';
import { Field } from './field';

/** So many are drawn at once; a search narrows a longer list. */
const mostRows = 100;

interface ListedModel extends OfferedModel {
  readonly usdPerMillion?: number;
  readonly priceWords: string;
}

interface ModelTableProps {
  readonly settings: SettingsState;
  readonly models: readonly OfferedModel[];
  /** Prices that the person has entered. */
  readonly prices: readonly PriceEdit[];
}

/** The models that the server offers, with what is known of each, to choose from. */
export function ModelTable({ settings, models, prices }: ModelTableProps) {
  const sought = useSignal('');
  const sort = useSignal<ModelSort>('name');
  const { baseUrl, chatModel, embeddingModel } = settings.draft.value;
  const listed = useMemo(() => models.map((model) => withPrice(model, baseUrl, prices)), [models, baseUrl, prices]);
  const found = sortModels(matchingModels(listed, sought.value), sort.value);
  const heading = (column: ModelSort, words: MessageKey) => (
    <th scope="col" aria-sort={sort.value === column ? (column === 'context' ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        class="text-button"
        onClick={() => {
          sort.value = column;
        }}
      >
        {t(words)}
      </button>
    </th>
  );
  return (
    <details class="model-table">
      <summary>{t('models_table')}</summary>
      <Field label={t('models_search')}>
        {(id) => (
          <input
            id={id}
            class="field"
            type="search"
            value={sought.value}
            onInput={({ currentTarget }) => {
              sought.value = currentTarget.value;
            }}
            onKeyDown={(event) => {
              // Enter would save the form around it.
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        )}
      </Field>
      <p class="soft small" role="status">
        {tCount('models_found', found.length)}
      </p>
      <table>
        <thead>
          <tr>
            {heading('name', 'models_column_name')}
            {heading('context', 'models_column_context')}
            {heading('price', 'models_column_price')}
          </tr>
        </thead>
        <tbody>
          {found.slice(0, mostRows).map((model) => (
            <tr key={model.id} aria-current={model.id === chatModel || model.id === embeddingModel ? 'true' : undefined}>
              <th scope="row">
                <span class="model-name">{model.id}</span>
                <span class="soft small">{acceptsWords(model)}</span>
                <ModelLineage model={model.id} />
                <span class="model-uses">
                  {model.use !== 'embedding' && (
                    <UseButton
                      isUsed={model.id === chatModel}
                      words="model_answers"
                      model={model.id}
                      onUse={() => settings.change({ chatModel: model.id })}
                    />
                  )}
                  {model.use !== 'chat' && (
                    <UseButton
                      isUsed={model.id === embeddingModel}
                      words="model_embeds"
                      model={model.id}
                      onUse={() => settings.change({ embeddingModel: model.id })}
                    />
                  )}
                </span>
              </th>
              <td>{model.contextTokens === undefined ? t('not_known') : t('plain_number', model.contextTokens)}</td>
              <td>{model.priceWords}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > mostRows && <p class="soft small">{t('models_more', mostRows)}</p>}
    </details>
  );
}

interface UseButtonProps {
  readonly isUsed: boolean;
  readonly words: 'model_answers' | 'model_embeds';
  readonly model: string;
  readonly onUse: () => void;
}

/** Chooses a model in the form above; it is saved with the rest of it. */
function UseButton({ isUsed, words, model, onUse }: UseButtonProps) {
  return (
    <button type="button" class="button small" aria-pressed={isUsed} aria-label={t('use_model', model, t(words))} onClick={onUse}>
      {t(words)}
    </button>
  );
}

function withPrice(model: OfferedModel, baseUrl: string, prices: readonly PriceEdit[]): ListedModel {
  const known = priceOf(baseUrl, model.id, prices);
  if (known.kind === 'local') return { ...model, usdPerMillion: 0, priceWords: t('price_local') };
  const input = known.kind === 'known' ? known.price.usdPerMillionInput : model.price?.usdPerMillionInput;
  const output = known.kind === 'known' ? known.price.usdPerMillionOutput : model.price?.usdPerMillionOutput;
  const contextTokens = model.contextTokens ?? (known.kind === 'known' ? known.price.contextTokens : undefined);
  const shown = { ...model, ...(contextTokens === undefined ? {} : { contextTokens }) };
  if (input === undefined) return { ...shown, priceWords: t('price_unknown') };
  const usdPerMillion = input + (output ?? 0);
  if (usdPerMillion === 0) return { ...shown, usdPerMillion, priceWords: t('price_free') };
  return {
    ...shown,
    usdPerMillion,
    priceWords:
      output === undefined
        ? t('price_per_million_read', formatPriceUsd(input))
        : t('price_per_million', formatPriceUsd(input), formatPriceUsd(output)),
  };
}

function acceptsWords(model: OfferedModel): string {
  if (model.use === 'embedding') return '';
  const { taken, not } = takenAndNot([...refusedByFamily(model.id), ...refusedByList(model)]);
  const names = (parameters: typeof taken) => listWords(parameters.map((name) => t(parameterWords[name].name)));
  if (model.accepts) return taken.length > 0 ? t('model_takes', names(taken)) : t('model_takes_none');
  return not.length > 0 ? t('model_takes_not', names(not)) : '';
}
