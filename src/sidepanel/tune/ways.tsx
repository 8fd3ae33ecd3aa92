import { t } from '../../view/translate';

const ways = ['instructions', 'retrieval', 'training'] as const;

/** Which of the three ways to make an assistant one's own fits which need. */
export function Ways({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <details class="tune-ways" open={isOpen}>
      <summary>{t('tune_ways')}</summary>
      <dl class="small">
        {ways.map((way) => (
          <div key={way}>
            <dt>{t(`tune_way_${way}`)}</dt>
            <dd class="soft">{t(`tune_way_${way}_for`)}</dd>
          </div>
        ))}
      </dl>
      <p class="small soft">{t('tune_ways_together')}</p>
    </details>
  );
}
