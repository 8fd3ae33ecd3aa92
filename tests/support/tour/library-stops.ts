import { openActions, openView } from '../panel';
import type { Stop, Tour } from './stop';

const search = ({ panel }: Tour) => panel.getByRole('searchbox', { name: 'Search your pages' });
const importing = ({ panel }: Tour) => panel.getByRole('region', { name: 'Import' });

/** Addresses of the site itself, and some that fail. */
const bookmarks = (site: string) =>
  ['/field/tide-pools', '/ja/washi', '/kitchen/sourdough', '/nowhere', '/forum/thread/4182']
    .map((path) => `<DT><A HREF="${site}${path}" ADD_DATE="1600000000">${path}</A>`)
    .concat('<DT><A HREF="javascript:alert(1)">A script</A>')
    .join('\n');

/** What is saved, and what is brought in. */
export const libraryStops: readonly Stop[] = [
  {
    name: 'library-list',
    isMain: true,
    async go({ panel }) {
      await openView(panel, 'Library');
      await panel
        .getByRole('checkbox', { name: /^Select “/ })
        .first()
        .waitFor();
      return undefined;
    },
  },
  {
    name: 'library-actions-and-tags',
    async go({ panel }) {
      await openActions(panel, 'Sourdough');
      await panel.getByRole('button', { name: /^Edit the tags/ }).click();
      await panel.getByRole('textbox', { name: 'Tags, separated by commas' }).fill('bread, kitchen, slow food');
      return undefined;
    },
    leave: ({ panel }) => panel.keyboard.press('Enter'),
  },
  {
    name: 'library-filter',
    isMain: true,
    async go({ panel }) {
      await panel.getByRole('button', { name: 'Filter', exact: true }).click();
      await panel.getByLabel('Saved from').fill('2020-01-01');
      await panel.getByRole('button', { name: /^Remove the filter/ }).waitFor();
      return undefined;
    },
    leave: async ({ panel }) => {
      await panel.getByRole('button', { name: /^Remove the filter/ }).click();
      await panel.getByRole('button', { name: 'Filter', exact: true }).click();
    },
  },
  {
    name: 'library-selected',
    isMain: true,
    async go({ panel }) {
      for (const place of [0, 1])
        await panel
          .getByRole('checkbox', { name: /^Select “/ })
          .nth(place)
          .check();
      return undefined;
    },
    leave: async ({ panel }) => {
      for (const place of [0, 1])
        await panel
          .getByRole('checkbox', { name: /^Select “/ })
          .nth(place)
          .uncheck();
    },
  },
  {
    name: 'library-undo',
    async go({ panel }) {
      await openActions(panel, 'Retries');
      await panel.getByRole('button', { name: /^Delete “/ }).click();
      await panel.getByRole('button', { name: 'Undo' }).waitFor();
      return undefined;
    },
    leave: async ({ panel }) => {
      await panel.getByRole('button', { name: 'Undo' }).click();
      await panel.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'library-search',
    isMain: true,
    async go(tour) {
      await search(tour).fill('lens light');
      await tour.panel.getByRole('list', { name: 'Pages that match' }).waitFor();
      return undefined;
    },
  },
  {
    name: 'library-search-help',
    async go(tour) {
      await tour.panel.getByText('How to search', { exact: true }).click();
      await search(tour).fill('quasar');
      await tour.panel.getByText('Try fewer words').waitFor();
      return undefined;
    },
    leave: async (tour) => {
      await tour.panel.getByText('How to search', { exact: true }).click();
      await search(tour).fill('');
    },
  },
  {
    name: 'library-saving-tabs',
    async go({ panel }) {
      await panel.getByRole('button', { name: 'Save all tabs' }).click();
      await panel.getByRole('button', { name: 'Cancel' }).waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.getByRole('button', { name: 'Cancel' }).click(),
  },
  {
    name: 'import-choosing',
    isMain: true,
    async go(tour) {
      await tour.panel.getByRole('button', { name: 'Import…' }).click();
      await importing(tour).locator('input[type=file]').first().waitFor({ state: 'attached' });
      return undefined;
    },
  },
  {
    name: 'import-found',
    isMain: true,
    isTall: true,
    async go(tour) {
      const buffer = Buffer.from(`<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n${bookmarks(tour.stage.site.url)}</DL>`);
      await importing(tour).locator('input[type=file]').first().setInputFiles({ name: 'bookmarks.html', mimeType: 'text/html', buffer });
      await importing(tour)
        .getByText(/^Bookmark file: /)
        .waitFor();
      return undefined;
    },
  },
  {
    name: 'import-running',
    isMain: true,
    isPassing: true,
    async go(tour) {
      for (const scheme of ['http', 'https']) await tour.stage.extension.acceptRequestFor(`${scheme}://127.0.0.1`);
      await importing(tour)
        .getByRole('button', { name: /^Import \d+ pages?$/ })
        .click();
      await importing(tour).getByText('Importing').waitFor();
      return undefined;
    },
  },
  {
    name: 'import-finished',
    isMain: true,
    async go(tour) {
      await importing(tour).getByText('The import is done').waitFor({ timeout: 60_000 });
      return undefined;
    },
    leave: (tour) => importing(tour).getByRole('button', { name: 'Close' }).click(),
  },
];
