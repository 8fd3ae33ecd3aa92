import { checksum } from '../../core/bytes/checksum';
import type { QuestionMap } from '../../core/retrieval-tuning/question-map';
import type { Library, StoredTuning } from '../schema';

/** How a search by one model's vectors is changed. */
export interface RetrievalTuning {
  /** Absent: questions stay as they are. */
  readonly map?: QuestionMap;
  /** As `SearchQuery` has it. */
  readonly trust: number;
}

/** What is kept of the tuning for a model: the one that is used, and what came of the last training. */
export function readStoredTuning(library: Library, modelKey: string): Promise<StoredTuning | undefined> {
  return library.get('retrievalTunings', modelKey);
}

/** The tuning that is used with a model's vectors; nothing when there is none. One that is not what was written is `damaged`, and changes no search. */
export async function readTuning(
  library: Library,
  modelKey: string,
): Promise<{ readonly tuning: RetrievalTuning } | 'damaged' | undefined> {
  const used = (await readStoredTuning(library, modelKey))?.used;
  if (!used) return undefined;
  const map = used.map && openMap(used.map);
  if ((used.map && !map) || !Number.isFinite(used.trust)) return 'damaged';
  return { tuning: { trust: used.trust, ...(map ? { map } : {}) } };
}

/** Keeps what came of a training, and what is used from now on, if that changes. */
export async function putTuning(
  library: Library,
  modelKey: string,
  last: StoredTuning['last'],
  used: RetrievalTuning | undefined,
): Promise<void> {
  const transaction = library.transaction('retrievalTunings', 'readwrite', { durability: 'strict' });
  const before = await transaction.store.get(modelKey);
  const packed = used && { trust: used.trust, figures: last, ...(used.map ? { map: packMap(used.map) } : {}) };
  await transaction.store.put({ last, ...(packed ? { used: packed } : before?.used ? { used: before.used } : {}) }, modelKey);
  await transaction.done;
}

/** Search is as it was before any tuning. */
export async function deleteTuning(library: Library, modelKey: string): Promise<void> {
  await library.delete('retrievalTunings', modelKey);
}

type PackedMap = NonNullable<NonNullable<StoredTuning['used']>['map']>;

function packMap({ dimensions, rank, scales, looks, additions }: QuestionMap): PackedMap {
  const floats = new Float32Array(dimensions * (1 + 2 * rank));
  floats.set(scales);
  floats.set(looks, dimensions);
  floats.set(additions, dimensions * (1 + rank));
  const bytes = new Uint8Array(floats.buffer);
  return { dimensions, rank, bytes, checksum: checksum(bytes) };
}

function openMap({ dimensions, rank, bytes, checksum: written }: PackedMap): QuestionMap | undefined {
  if (!(bytes instanceof Uint8Array) || bytes.length !== 4 * dimensions * (1 + 2 * rank) || checksum(bytes) !== written) return undefined;
  const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (!floats.every(Number.isFinite)) return undefined;
  return {
    dimensions,
    rank,
    scales: floats.subarray(0, dimensions),
    looks: floats.subarray(dimensions, dimensions * (1 + rank)),
    additions: floats.subarray(dimensions * (1 + rank)),
  };
}
