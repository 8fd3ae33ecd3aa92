import { t } from '../../view/translate';

export function Privacy() {
  return (
    <section class="privacy" aria-labelledby="privacy-heading">
      <h3 id="privacy-heading">{t('privacy')}</h3>
      <ul class="soft">
        <li>{t('privacy_stored_here')}</li>
        <li>{t('privacy_no_account')}</li>
        <li>{t('privacy_sent_only')}</li>
        <li>{t('privacy_key')}</li>
        <li>{t('privacy_read_on_click')}</li>
      </ul>
    </section>
  );
}
