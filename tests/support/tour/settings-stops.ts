import { openView, sendFrom } from '../panel';
import type { Stop, Tour } from './stop';

const section = ({ panel }: Tour, name: string) => panel.getByRole('region', { name, exact: true });

/** Settings, part by part, with something in each. */
export const settingsStops: readonly Stop[] = [
  {
    name: 'settings',
    isMain: true,
    isTall: true,
    async go({ panel }) {
      const rules = [
        { pattern: '*.lamps.example/essays', action: 'save' as const },
        { pattern: 'diary.example', action: 'never' as const },
      ];
      await sendFrom(panel)('auto-save/write', { isOn: true, readSeconds: 30, rules });
      await openView(panel, 'Settings');
      await panel.getByRole('region', { name: 'Storage' }).waitFor();
      return undefined;
    },
  },
  {
    name: 'settings-models-table',
    isMain: true,
    isTall: true,
    async go({ panel }) {
      const form = panel.getByRole('form', { name: 'Models' });
      await form.getByRole('button', { name: 'Test connection' }).click();
      await form.getByText('Compare the server’s models').click();
      await form.getByRole('table').waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.getByText('Compare the server’s models').click(),
  },
  {
    name: 'settings-spending-and-prices',
    isTall: true,
    async go(tour) {
      await section(tour, 'Spending').getByText('Prices', { exact: true }).click();
      await section(tour, 'Spending').getByLabel('Sum by').selectOption('Purpose');
      return undefined;
    },
  },
  {
    name: 'settings-folds-open',
    isTall: true,
    async go({ panel }) {
      for (const fold of await panel.locator('details:not([open]) > summary').all()) if (await fold.isVisible()) await fold.click();
      return undefined;
    },
  },
  {
    name: 'assistants-form',
    isMain: true,
    isTall: true,
    async go(tour) {
      await section(tour, 'Assistants').getByRole('button', { name: 'New assistant' }).click();
      await tour.panel
        .getByRole('form', { name: /assistant/ })
        .getByLabel('Name')
        .fill('Keeper of the light');
      return undefined;
    },
    leave: ({ panel }) =>
      panel
        .getByRole('form', { name: /assistant/ })
        .getByRole('button', { name: 'Cancel' })
        .click(),
  },
];
