import type { IngestProgress } from '../core/pages/job';

/** What the panel hands to the worker that ordinary messages cannot carry. Sent to the worker itself, with a port for the reply. */
export interface FileRequests {
  /** Resolves when the file is stored as a job; what follows comes as `ingest-progress` events. */
  'file/add': { data: { file: Blob; fileName: string; contentType: string }; reply: IngestProgress };
}
