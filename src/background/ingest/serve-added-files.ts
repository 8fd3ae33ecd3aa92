import { fileRequestSchemas } from '../../protocol/file-request-schemas';
import type { FileRequests } from '../../protocol/file-requests';
import { createHandle } from '../../protocol/handle';
import { progressOf } from './ingest-progress';
import type { StoreAsJob } from './store-as-job';
import { storeFile } from './store-file';

/** Takes the files that the panel hands to the worker itself: only pages of the extension can speak to it in this way. */
export function serveAddedFiles(worker: ServiceWorkerGlobalScope, storeAsJob: StoreAsJob): void {
  const handle = createHandle<FileRequests, null>(
    { 'file/add': async (added) => progressOf(await storeAsJob((tools) => storeFile(added, tools))) },
    fileRequestSchemas,
    () => true,
  );
  worker.addEventListener('message', (event) => {
    const [port] = event.ports;
    event.waitUntil(handle(event.data, null)?.then((reply) => port?.postMessage(reply)) ?? Promise.resolve());
  });
}
