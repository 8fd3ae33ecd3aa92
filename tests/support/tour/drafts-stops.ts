import type { DraftRunId } from '../../../src/core/tuning/drafts/example-draft';
import { openView, savedPages, sendFrom } from '../panel';
import type { Stop, Tour } from './stop';

const drafting = ({ panel }: Tour) => panel.getByRole('region', { name: 'Draft from pages', exact: true });
const deciding = ({ panel }: Tour) => panel.getByRole('region', { name: 'Drafted pairs', exact: true });

/** Examples to train on: drafted from pages, chosen together, and as a file will have them. */
export const draftsStops: readonly Stop[] = [
  {
    name: 'tune-drafts-form',
    isTall: true,
    async go(tour) {
      await openView(tour.panel, 'Tune');
      await drafting(tour).getByText('Draft from pages', { exact: true }).click();
      await drafting(tour).getByText('Expected cost').waitFor();
      return undefined;
    },
    leave: (tour) => drafting(tour).getByText('Draft from pages', { exact: true }).click(),
  },
  {
    name: 'tune-drafts',
    isMain: true,
    isTall: true,
    async go(tour) {
      const [page] = await savedPages(tour.panel);
      if (!page) throw new Error('nothing is saved');
      const { model = '' } = await sendFrom(tour.panel)('drafts/price', { scope: {}, pairs: 3 });
      await sendFrom(tour.panel)('drafts/draft', { run: 'tour' as DraftRunId, page: 0, pageId: page.id, pairs: 3, model });
      await drafting(tour).getByRole('button', { name: 'Decide' }).click();
      await deciding(tour).locator('.quotation').first().waitFor();
      return undefined;
    },
    leave: (tour) => deciding(tour).getByRole('button', { name: 'Back' }).click(),
  },
  {
    name: 'tune-selected',
    isMain: true,
    async go({ panel }) {
      await panel.getByRole('checkbox', { name: 'Select example 1', exact: true }).check();
      await panel.getByRole('group', { name: 'Selected examples' }).waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.getByRole('checkbox', { name: 'Select example 1', exact: true }).uncheck(),
  },
  {
    name: 'tune-preview',
    isMain: true,
    isTall: true,
    async go({ panel }) {
      await panel.getByText('Export as a file', { exact: true }).click();
      await panel.getByText('Preview with and without the system prompt', { exact: true }).click();
      await panel.getByRole('region', { name: 'With the system prompt' }).locator('mark').waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.getByText('Export as a file', { exact: true }).click(),
  },
];
