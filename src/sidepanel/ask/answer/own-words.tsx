import type { Fallback } from '../../../core/assistants/assistant';
import { t } from '../../../view/translate';

interface OwnWordsProps {
  readonly assistant: string;
  readonly fallback: Fallback;
}

/** What an assistant says when nothing was found: its own words, which rest on no page, and whom to ask instead. */
export function OwnWords({ assistant, fallback: { words, contact } }: OwnWordsProps) {
  return (
    <figure class="own-words">
      <blockquote dir="auto">
        <p>{words}</p>
        {contact && <p>{t('fallback_ask', contact)}</p>}
      </blockquote>
      <figcaption class="soft small">{t('fallback_label', assistant)}</figcaption>
    </figure>
  );
}
