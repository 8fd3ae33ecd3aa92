import type { ImportEstimate } from '../../protocol/import-requests';
import { t, tCount } from '../../view/translate';
import { CostLine } from '../settings/cost-line';

/** What embedding the pages is likely to send to the model, and what that will cost. */
export function ImportCost({ estimate }: { readonly estimate: ImportEstimate }) {
  const { model, tokensPerPage, isMeasured, tokens, cost } = estimate;
  return (
    <div class="small soft">
      <p>
        {t('import_embedding', model, tCount('tokens_sent', tokens))}{' '}
        {t(isMeasured ? 'import_tokens_measured' : 'import_tokens_assumed', tokensPerPage)}
      </p>
      <CostLine cost={cost} />
    </div>
  );
}
