import { type MessageKey, t } from '../../view/translate';

const ways = ['instructions', 'retrieval', 'training'] as const;

interface WaysProps {
  readonly isOpen: boolean;
  readonly onOpenAssistants: () => void;
  readonly onOpenTunedSearch: () => void;
  readonly onOpenAsk: () => void;
  readonly onDraft: () => void;
}

/** Which of the three ways to make an assistant one's own fits which need, and where each begins. */
export function Ways({ isOpen, onOpenAssistants, onOpenTunedSearch, onOpenAsk, onDraft }: WaysProps) {
  const beginnings: Readonly<Record<(typeof ways)[number], readonly (readonly [words: MessageKey, begin: () => void])[]>> = {
    instructions: [['tune_begin_assistant', onOpenAssistants]],
    retrieval: [
      ['tune_begin_asking', onOpenAsk],
      ['tune_begin_tuned_search', onOpenTunedSearch],
    ],
    training: [
      ['tune_begin_keeping', onOpenAsk],
      ['tune_begin_drafting', onDraft],
    ],
  };
  return (
    <details class="tune-ways" open={isOpen}>
      <summary>{t('tune_ways')}</summary>
      <dl class="small">
        {ways.map((way) => (
          <div key={way}>
            <dt>{t(`tune_way_${way}`)}</dt>
            <dd class="soft">{t(`tune_way_${way}_for`)}</dd>
            <dd class="tune-beginnings">
              {beginnings[way].map(([words, begin]) => (
                <button key={words} type="button" class="text-button" onClick={begin}>
                  {t(words)}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p class="small soft">{t('tune_ways_together')}</p>
    </details>
  );
}
