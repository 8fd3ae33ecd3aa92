import { useSignal } from '@preact/signals';
import type { CallPurpose } from '../../core/models/call-account';
import type { UsageSum } from '../../core/spending/usage-row';
import { formatDate } from '../../view/format-date';
import { formatSmallUsd } from '../../view/format-usd';
import { type MessageKey, t, wordsLocale } from '../../view/translate';
import { Field } from './field';

const purposeNames: Readonly<Record<CallPurpose, MessageKey>> = {
  answer: 'purpose_answer',
  rewrite: 'purpose_rewrite',
  condense: 'purpose_condense',
  'question-embedding': 'purpose_question_embedding',
  'page-embedding': 'purpose_page_embedding',
  picture: 'purpose_picture',
  suggest: 'purpose_suggest',
  draft: 'purpose_draft',
  training: 'purpose_training',
  judging: 'purpose_judging',
};

const groupings = {
  day: { title: 'by_day', nameOf: ({ day }: UsageSum) => formatDate(day) },
  model: { title: 'by_model', nameOf: ({ host, model }: UsageSum) => t('model_at_server', model, host) },
  purpose: { title: 'by_purpose', nameOf: ({ purpose }: UsageSum) => t(purposeNames[purpose]) },
} as const satisfies Record<string, { title: MessageKey; nameOf: (sum: UsageSum) => string }>;

type Grouping = keyof typeof groupings;

interface Total {
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
  readonly unpricedCalls: number;
}

/** What a month came to, by what the person chooses. */
export function SpendingTable({ sums }: { readonly sums: readonly UsageSum[] }) {
  const by = useSignal<Grouping>('day');
  const { title, nameOf } = groupings[by.value];
  return (
    <>
      <Field label={t('sum_by')}>
        {(id) => (
          <select
            id={id}
            class="field"
            value={by.value}
            onChange={(event) => {
              by.value = event.currentTarget.value as Grouping;
            }}
          >
            {(Object.keys(groupings) as Grouping[]).map((one) => (
              <option key={one} value={one}>
                {t(groupings[one].title)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it sideways */}
      <div class="table-frame" tabIndex={0}>
        <table class="spending-table small">
          <thead>
            <tr>
              <th scope="col">{t(title)}</th>
              <th scope="col">{t('calls')}</th>
              <th scope="col">{t('tokens')}</th>
              <th scope="col">{t('cost')}</th>
            </tr>
          </thead>
          <tbody>
            {[...totalsOf(sums, nameOf)].map(([name, total]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{total.calls.toLocaleString(wordsLocale())}</td>
                <td>{total.tokens.toLocaleString(wordsLocale())}</td>
                <td>{costOf(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function totalsOf(sums: readonly UsageSum[], nameOf: (sum: UsageSum) => string): Map<string, Total> {
  const totals = new Map<string, Total>();
  for (const sum of sums) {
    const { calls, tokens, usd, unpricedCalls } = totals.get(nameOf(sum)) ?? { calls: 0, tokens: 0, usd: 0, unpricedCalls: 0 };
    totals.set(nameOf(sum), {
      calls: calls + sum.calls,
      tokens: tokens + sum.promptTokens + sum.completionTokens,
      usd: usd + sum.usd,
      unpricedCalls: unpricedCalls + sum.unpricedCalls,
    });
  }
  return totals;
}

/** What could not be priced is never shown as nothing. */
function costOf({ calls, usd, unpricedCalls }: Total): string {
  if (unpricedCalls === calls) return t('price_unknown');
  const known = usd === 0 && unpricedCalls === 0 ? t('free') : formatSmallUsd(usd);
  return unpricedCalls > 0 ? t('and_unpriced', known) : known;
}
