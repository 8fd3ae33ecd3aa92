import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../../core/page';
import type { SuggestedQuestion } from '../../core/suggest-questions';
import { t } from '../../view/translate';
import type { Client } from '../client';

interface SuggestedQuestionsProps {
  readonly client: Pick<Client, 'send'>;
  /** Saved, and shown in the tab. */
  readonly page: Page;
  readonly onAsk: (question: string) => void;
}

/** What could be asked of the page in the tab, by its own headings. */
export function SuggestedQuestions({ client, page: { id, version }, onAsk }: SuggestedQuestionsProps) {
  const [suggested, setSuggested] = useState<readonly SuggestedQuestion[]>([]);
  useEffect(() => {
    let isWanted = true;
    setSuggested([]);
    // Without suggestions one can ask all the same.
    void client.send('page/suggest', { pageId: id }).then(
      (questions) => isWanted && setSuggested(questions),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [client, id, version]);
  if (suggested.length === 0) return null;
  return (
    <ul class="suggested-questions" aria-label={t('suggested_questions')}>
      {suggested.map(({ kind, text }) => {
        const question = kind === 'asked' ? text : t('suggested_about', text);
        return (
          <li key={text}>
            <button type="button" class="button" dir="auto" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
