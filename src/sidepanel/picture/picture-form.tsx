import { useLayoutEffect, useRef } from 'preact/hooks';
import { mostPromptCharacters, pictureOptions } from '../../core/conversation/picture';
import { costOfImage, priceOf } from '../../core/models/model-prices';
import { passesCap } from '../../core/spending/spending-settings';
import { formatPriceUsd } from '../../view/format-usd';
import { t } from '../../view/translate';
import { Field } from '../settings/field';
import { CheckField } from '../shared/check-field';
import { CommittedInput } from '../shared/committed-input';
import { costWords } from '../shared/cost-words';
import { ProblemNotice } from '../shared/problem-notice';
import type { ConversationState } from '../state/conversation-state';
import type { SettingsState } from '../state/settings-state';
import type { SpendingState } from '../state/spending-state';
import { condensingCost } from './condensing-cost';
import { qualityWords, sizeWords } from './picture-choice-words';
import type { PictureState } from './picture-state';

interface PictureFormProps {
  readonly form: PictureState;
  readonly settings: SettingsState;
  readonly spending: SpendingState;
  readonly conversation: ConversationState;
}

/** The prompt of a picture, how it is made and what it costs, before anything is sent. */
export function PictureForm({ form, settings, spending, conversation }: PictureFormProps) {
  const prompt = form.prompt.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const isOpen = prompt !== undefined;
  useLayoutEffect(() => {
    if (!isOpen) return;
    field.current?.focus();
    // The server's address is read with the settings, and may not have been yet.
    if (!settings.stored.value) void settings.load();
  }, [isOpen, settings]);
  if (prompt === undefined) return null;
  const { model, size, quality, withoutText } = form.choices.value;
  const { sizes, qualities } = pictureOptions(model);
  const last = conversation.exchanges.value.at(-1);
  const answerId = last?.answer.text ? last.answered?.id : undefined;
  const { baseUrl = '', chatModel = '' } = settings.stored.value ?? {};
  const status = spending.status.value;
  const cost = costOfImage(priceOf(baseUrl, model, status?.prices ?? []), quality, size);
  const isOverCap = status !== undefined && cost.kind === 'known' && passesCap(status, cost.usd);
  const change = (part: Partial<typeof form.choices.value>) => {
    form.choices.value = { ...form.choices.value, ...part };
  };
  const select = (
    label: string,
    value: string,
    options: readonly string[],
    words: (option: string) => string,
    onChange: (chosen: string) => void,
  ) => (
    <Field label={label}>
      {(id) => (
        <select id={id} class="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {options.map((one) => (
            <option key={one} value={one}>
              {words(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  return (
    <form
      class="picture-form"
      aria-label={t('picture')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        form.close();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = prompt.trim();
        if (!asked) return;
        const picture = form.choices.value;
        const again = form.again.value;
        form.asked();
        // Another conversation may have been opened meanwhile, or another branch of it.
        if (!again || !conversation.pictureAsked(again.questionId)) conversation.ask(asked, { picture });
        else if (asked === again.prompt) conversation.answerAgain(again.questionId, { picture });
        else conversation.edit(again.questionId, asked, { picture });
      }}
    >
      <Field label={t('picture_prompt')}>
        {(id) => (
          <textarea
            id={id}
            ref={field}
            class="field"
            rows={3}
            dir="auto"
            required
            maxLength={mostPromptCharacters}
            value={prompt}
            onInput={(event) => {
              form.prompt.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {answerId && (
        <div class="actions">
          <button type="button" class="button quiet" disabled={form.isCondensing.value} onClick={() => void form.condense(answerId)}>
            {form.isCondensing.value ? t('condensing') : t('condense_answer')}
          </button>
          {chatModel && (
            <span class="soft small">
              {t('condense_cost', costWords(condensingCost(last?.answer.text ?? '', priceOf(baseUrl, chatModel, status?.prices ?? []))))}
            </span>
          )}
        </div>
      )}
      <div role="status">{form.wasUnused.value && <p class="small">{t('condensed_unused')}</p>}</div>
      {form.problem.value && <ProblemNotice problem={form.problem.value} />}
      <div class="picture-choices">
        <Field label={t('picture_model')}>
          {(id) => (
            <CommittedInput
              id={id}
              type="text"
              spellcheck={false}
              value={model}
              onChange={(event) => form.chooseModel(event.currentTarget.value.trim())}
            />
          )}
        </Field>
        {select(t('picture_size'), size, sizes, sizeWords, (chosen) => change({ size: chosen }))}
        {select(t('picture_quality'), quality, qualities, qualityWords, (chosen) => change({ quality: chosen }))}
      </div>
      <CheckField
        label={t('no_text_in_picture')}
        isChecked={withoutText === true}
        onChange={(isChecked) => {
          const { withoutText: _, ...rest } = form.choices.value;
          form.choices.value = isChecked ? { ...rest, withoutText: true } : rest;
        }}
      />
      <p class="small" role="status">
        {t('picture_cost', costWords(cost))}
        {isOverCap &&
          ` ${t('would_pass_cap', formatPriceUsd(Math.max(0, (status.capUsd ?? 0) - status.spentUsd)), formatPriceUsd(status.capUsd ?? 0))}`}
      </p>
      <div class="actions">
        <button type="submit" class="button primary" disabled={!prompt.trim() || isOverCap || conversation.answering.value}>
          {t('make_picture')}
        </button>
        <button type="button" class="button quiet" onClick={form.close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
