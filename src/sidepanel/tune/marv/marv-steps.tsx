import type { ComponentChildren } from 'preact';
import type { TuningExample } from '../../../core/tuning/example';
import { ExampleWriter } from '../../../core/tuning/forms/write-examples';
import { isFlawed } from '../../../core/tuning/marv';
import { formatUsd } from '../../../view/format-usd';
import { t } from '../../../view/translate';
import { bringIntoSight } from '../../shared/bring-into-sight';
import { exampleElementId } from '../example-row';
import type { ExamplesState } from '../examples-state';
import type { MarvState } from './marv-state';

export interface MarvProps {
  readonly marv: MarvState;
  readonly examples: ExamplesState;
  /** Takes the person to the form that begins a training. */
  readonly onTrain: () => void;
}

export function MeetStep() {
  return (
    <>
      <p>{t('marv_meet_text')}</p>
      <blockquote class="small">{t('marv_instructions')}</blockquote>
      <p>{t('marv_meet_try')}</p>
    </>
  );
}

export function LookStep({ marv, examples }: MarvProps) {
  const show = async () => {
    await marv.show();
    const [first] = examples.ids.value ?? [];
    if (first) bringIntoSight(exampleElementId(first));
  };
  return (
    <>
      <p>{t('marv_look_text')}</p>
      <Action marv={marv} label={t('marv_look_do')} onClick={show} />
    </>
  );
}

export function CheckStep({ marv, examples }: MarvProps) {
  const ids = new Set<string>(marv.own.value?.filter(({ example }) => isFlawed(example)).map(({ id }) => id));
  const found = examples.check.value?.problems.find(({ id, mend }) => id && ids.has(id) && mend?.kind === 'redact');
  if (!marv.hasFlaw.value && marv.own.value) return <p role="status">{t('marv_check_done')}</p>;
  return (
    <>
      <p>{t('marv_check_text')}</p>
      <p class="small soft" role="status">
        {found && t('marv_check_found', found.line ?? 0)}
      </p>
      {found ? (
        <Action marv={marv} label={t('marv_check_mend')} onClick={marv.mend} />
      ) : (
        <Action marv={marv} label={t('marv_check_do')} onClick={marv.check} />
      )}
    </>
  );
}

export function SplitStep({ marv }: MarvProps) {
  const kept = marv.kept.value;
  return (
    <>
      <p>{t('marv_split_text')}</p>
      <p role="status">{kept > 0 && t('marv_split_done', kept, (marv.own.value?.length ?? 0) - kept)}</p>
      {kept === 0 && <Action marv={marv} label={t('marv_split_do')} onClick={marv.split} />}
    </>
  );
}

export function PriceStep({ marv, examples }: MarvProps) {
  const check = examples.check.value;
  const [cheapest] = check?.prices ?? [];
  return (
    <>
      <p>{t('marv_price_text')}</p>
      <p role="status">
        {cheapest && t('marv_price_done', cheapest.model, cheapest.tokens, cheapest.epochs, formatUsd(cheapest.usd))}
        {check && !cheapest && t('marv_price_none')}
      </p>
      {!check && <Action marv={marv} label={t('marv_price_do')} onClick={marv.check} />}
    </>
  );
}

export function FileStep({ marv }: MarvProps) {
  const [first] = marv.own.value ?? [];
  if (!first) return null;
  return (
    <>
      <p>{t('marv_file_text')}</p>
      <pre class="marv-line small">{lineOf(first.example, false)}</pre>
      <p>{t('marv_file_text_after')}</p>
      <p>{t('marv_file_bare')}</p>
      <pre class="marv-line small">{lineOf(first.example, true)}</pre>
    </>
  );
}

export function WaysStep({ marv, examples, onTrain }: MarvProps) {
  const [cheapest] = examples.check.value?.prices ?? [];
  return (
    <>
      <dl class="small">
        <div>
          <dt>{t('tune_way_instructions')}</dt>
          <dd>{t('marv_ways_instructions')}</dd>
        </div>
        <div>
          <dt>{t('tune_way_retrieval')}</dt>
          <dd>{t('marv_ways_retrieval')}</dd>
        </div>
        <div>
          <dt>{t('tune_way_training')}</dt>
          <dd>{cheapest ? t('marv_ways_training', formatUsd(cheapest.usd)) : t('marv_ways_training_unpriced')}</dd>
        </div>
      </dl>
      <p>{t('marv_ways_text')}</p>
      <Action marv={marv} label={t('marv_export')} onClick={() => marv.export('marv.chat.jsonl')}>
        <button type="button" class="button" onClick={onTrain}>
          {t('train_new')}
        </button>
      </Action>
    </>
  );
}

interface ActionProps extends Pick<MarvProps, 'marv'> {
  readonly label: string;
  readonly onClick: () => Promise<unknown>;
  /** Stands beside it. */
  readonly children?: ComponentChildren;
}

function Action({ marv, label, onClick, children }: ActionProps) {
  return (
    <div class="actions">
      <button type="button" class="button" disabled={marv.isBusy.value} onClick={() => void onClick()}>
        {label}
      </button>
      {children}
    </div>
  );
}

function lineOf(example: TuningExample, withoutSystemPrompt: boolean): string {
  return new ExampleWriter('openai-chat', { written: 0, leftOut: 0 }, { withoutSystemPrompt }).write(example).trimEnd();
}
