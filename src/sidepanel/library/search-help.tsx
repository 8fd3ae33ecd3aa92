import { type MessageKey, t } from '../../view/translate';

const operators: readonly { readonly example: string; readonly meaning: MessageKey }[] = [
  { example: '"oil lamp"', meaning: 'operator_phrase' },
  { example: '-paraffin', meaning: 'operator_excluded' },
  { example: 'site:example.org', meaning: 'operator_site' },
  { example: 'tag:optics', meaning: 'operator_tag' },
  { example: 'after:2025-06', meaning: 'operator_after' },
  { example: 'before:2026', meaning: 'operator_before' },
];

/** What narrows a search, each with an example. */
export function SearchHelp() {
  return (
    <dl class="search-help small">
      {operators.map(({ example, meaning }) => (
        <div key={example}>
          <dt>
            <code>{example}</code>
          </dt>
          <dd class="soft">{t(meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}
