import { openView } from '../panel';
import type { Stop } from './stop';

/** The views as they are when Commonplace has just been installed. */
export const emptyStops: readonly Stop[] = [
  {
    name: 'ask-nothing-saved',
    isMain: true,
    async go({ panel }) {
      await panel.getByText('Nothing to ask yet').waitFor();
      return undefined;
    },
  },
  {
    name: 'library-empty',
    isMain: true,
    async go({ panel }) {
      await openView(panel, 'Library');
      await panel.getByText('Nothing saved yet').waitFor();
      return undefined;
    },
  },
  {
    name: 'tune-untouched',
    isMain: true,
    isTall: true,
    async go({ panel }) {
      await panel.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Tune' }).click();
      await panel.getByRole('heading', { level: 2, name: 'Tune' }).waitFor({ state: 'attached' });
      return undefined;
    },
  },
  {
    name: 'settings-untouched',
    isTall: true,
    async go({ panel }) {
      await openView(panel, 'Settings');
      await panel.getByRole('region', { name: 'Storage' }).waitFor();
      return undefined;
    },
  },
];
