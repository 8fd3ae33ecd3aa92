import type { JudgedPair, JudgementId, JudgementRun, StoredJudgement } from '../../core/tuning/judging/judgement';
import type { Library } from '../schema';

/** A comparison's record has the number 0, and its pairs follow it. */
const recordsOf = (id: JudgementId) => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);

/** Stores a comparison with its pairs: all or nothing. */
export async function putJudgement(library: Library, run: JudgementRun, pairs: readonly JudgedPair[]): Promise<void> {
  const transaction = library.transaction('judgements', 'readwrite', { durability: 'strict' });
  for (const record of [run, ...pairs]) void transaction.store.put(record);
  await transaction.done;
}

/** The newest first. */
export async function listJudgements(library: Library): Promise<JudgementRun[]> {
  const runs = await library.getAllFromIndex('judgements', 'byKind', 'run');
  return runs.flatMap((record) => (record.kind === 'run' ? record : [])).sort((a, b) => b.createdAt - a.createdAt);
}

export async function readJudgementRun(library: Library, id: JudgementId): Promise<JudgementRun | undefined> {
  const record = await library.get('judgements', [id, 0]);
  return record?.kind === 'run' ? record : undefined;
}

export async function readJudgedPair(library: Library, id: JudgementId, number: number): Promise<JudgedPair | undefined> {
  const record = await library.get('judgements', [id, number]);
  return record?.kind === 'pair' ? record : undefined;
}

/** In the order of their numbers. */
export async function readJudgedPairs(library: Library, id: JudgementId): Promise<JudgedPair[]> {
  const records = await library.getAll('judgements', recordsOf(id));
  return records.flatMap((record) => (record.kind === 'pair' ? record : []));
}

/**
 * Changes a comparison as it stands now.
 * @param change gives nothing where it is to stay
 * @returns it as it is then; nothing when it is gone
 */
export async function changeJudgementRun(
  library: Library,
  id: JudgementId,
  change: (run: JudgementRun) => JudgementRun | undefined,
): Promise<JudgementRun | undefined> {
  const transaction = library.transaction('judgements', 'readwrite', { durability: 'strict' });
  const record = await transaction.store.get([id, 0]);
  const run = record?.kind === 'run' ? record : undefined;
  const changed = run && change(run);
  if (changed) await transaction.store.put(changed);
  await transaction.done;
  return changed ?? run;
}

/** The same of a pair; its comparison is read with it, for what is revealed takes no vote. */
export async function changeJudgedPair(
  library: Library,
  id: JudgementId,
  number: number,
  change: (pair: JudgedPair, run: JudgementRun) => JudgedPair | undefined,
): Promise<void> {
  const transaction = library.transaction('judgements', 'readwrite', { durability: 'strict' });
  const [run, pair] = await Promise.all([transaction.store.get([id, 0]), transaction.store.get([id, number])]);
  const changed = run?.kind === 'run' && pair?.kind === 'pair' ? change(pair, run) : undefined;
  if (changed) await transaction.store.put(changed);
  await transaction.done;
}

export async function deleteJudgement(library: Library, id: JudgementId): Promise<void> {
  await library.delete('judgements', recordsOf(id));
}

/** So many are held at once. */
const readAtOnce = 20;

/** All records there are, each comparison before its pairs. */
export async function* eachJudgementRecord(library: Library): AsyncGenerator<StoredJudgement, void, void> {
  let after: [JudgementId, number] | undefined;
  for (;;) {
    const read = await library.getAll('judgements', after === undefined ? null : IDBKeyRange.lowerBound(after, true), readAtOnce);
    yield* read;
    const last = read.at(-1);
    if (!last || read.length < readAtOnce) return;
    after = [last.id, last.number];
  }
}

/** Adds a record of a backup; what is there stays. Nothing is asked of a model because a backup says so. */
export async function restoreJudgementRecord(library: Library, record: StoredJudgement): Promise<void> {
  const restored = record.kind === 'run' && record.state === 'answering' ? { ...record, state: 'stopped' as const } : record;
  const transaction = library.transaction('judgements', 'readwrite', { durability: 'strict' });
  if ((await transaction.store.getKey([record.id, record.number])) === undefined) await transaction.store.put(restored);
  await transaction.done;
}
