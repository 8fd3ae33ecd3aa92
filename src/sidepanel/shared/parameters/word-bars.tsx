import type { WordChance } from '../../../core/models/sampling';
import { t } from '../../../view/translate';

/** Words with how likely each is. */
export function WordBars({ chances }: { readonly chances: readonly WordChance[] }) {
  return (
    <ul class="word-bars">
      {chances.map(({ word, probability }) => (
        <li key={word}>
          <span>{word}</span>
          <span class="word-bar" style={{ inlineSize: `${probability * 100}%` }} aria-hidden="true" />
          <span class="soft">{t('percent', Math.round(probability * 1_000) / 10)}</span>
        </li>
      ))}
    </ul>
  );
}
