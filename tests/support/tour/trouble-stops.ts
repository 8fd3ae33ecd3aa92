import { openView, sendFrom } from '../panel';
import type { Stop } from './stop';

/** The library itself in trouble: nothing comes after this, for it does not recover. */
export const troubleStops: readonly Stop[] = [
  {
    name: 'ask-storage-full',
    isMain: true,
    async go({ panel, stage }) {
      await sendFrom(panel)('settings/read', null);
      const worker = stage.extension.context.serviceWorkers().at(-1);
      // What runs scripts without building them names functions through this.
      await worker?.evaluate('globalThis.__name ??= (named) => named');
      await worker?.evaluate(() => {
        const { put } = IDBObjectStore.prototype;
        Object.defineProperty(IDBTransaction.prototype, 'error', { get: () => new DOMException('', 'QuotaExceededError') });
        IDBObjectStore.prototype.put = function (...args) {
          const request = put.apply(this, args);
          request.addEventListener('success', () => this.transaction.abort());
          return request;
        };
      });
      await stage.openPanel('/ar/aflaj');
      await openView(panel, 'Ask');
      await panel.getByRole('region', { name: 'This page' }).getByRole('button', { name: 'Save this page' }).click();
      await panel.getByText('There is no room left on this device').first().waitFor();
      return undefined;
    },
  },
];
