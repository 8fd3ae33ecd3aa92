import type { Handlers } from '../protocol/handle';
import type { WorkerRequests } from '../protocol/worker-requests';
import { measureSpace } from '../storage/measure-space';
import type { Library } from '../storage/schema';
import { startAnew } from '../storage/start-anew';

export interface StorageRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly estimate: () => Promise<StorageEstimate>;
  readonly changed: () => void;
}

type StorageRequests = Pick<WorkerRequests, 'storage/read' | 'storage/start-anew'>;

/** What takes how much room, and a new beginning when nothing can be read any longer. */
export function storageHandlers({ openLibrary, estimate, changed }: StorageRequestTools): Handlers<StorageRequests, unknown> {
  return {
    async 'storage/read'() {
      const [parts, { usage = 0, quota = 0 }] = await Promise.all([measureSpace(await openLibrary()), estimate()]);
      return { parts, usedBytes: usage, freeBytes: Math.max(0, quota - usage) };
    },
    async 'storage/start-anew'() {
      await startAnew(openLibrary);
      changed();
      return null;
    },
  };
}
