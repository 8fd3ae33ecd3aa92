/** What is needed of a version of a page to tell where it belongs. */
export interface MergeableVersion {
  readonly version: number;
  readonly contentHash: string;
  readonly capturedAt: number;
}

export interface MergedVersions<Version extends MergeableVersion> {
  /** In order, with the numbers they have from now on. */
  readonly versions: readonly Version[];
  /** Where the newest of them, which is current, is from; what both have counts as kept. */
  readonly newestIsFrom: 'kept' | 'added';
  /** The numbers that the versions of each side had, and what they are now. */
  readonly keptNumbers: ReadonlyMap<number, number>;
  readonly addedNumbers: ReadonlyMap<number, number>;
  readonly isChanged: boolean;
}

/**
 * The versions of a page that was saved in two libraries, in the order of their capture. The same text in both, with no other between, is one version. Numbers that are in
 * use stay as they are when nothing new comes before them; else all are counted anew from 1.
 * @param kept those that are there, in order
 * @param added those that come, in order
 */
export function mergeVersions<Version extends MergeableVersion>(
  kept: readonly Version[],
  added: readonly Version[],
): MergedVersions<Version> {
  const merged: { version: Version; kept: number[]; added: number[] }[] = [];
  const known = new Map(kept.map((version) => [identity(version), version.version]));
  const fromAdded = added.filter((version) => !known.has(identity(version)));
  const take = (version: Version, side: 'kept' | 'added') => {
    const last = merged.at(-1);
    if (last?.version.contentHash === version.contentHash && last[side].length === 0) last[side].push(version.version);
    else merged.push({ version, kept: [], added: [], [side]: [version.version] });
  };
  for (let k = 0, a = 0; k < kept.length || a < fromAdded.length; ) {
    const [mine, theirs] = [kept[k], fromAdded[a]];
    if (mine && (!theirs || mine.capturedAt <= theirs.capturedAt)) {
      take(mine, 'kept');
      k += 1;
    } else if (theirs) {
      take(theirs, 'added');
      a += 1;
    }
  }
  const firstNew = merged.findIndex((one) => one.kept.length === 0);
  const isAppended = firstNew < 0 || merged.slice(firstNew).every((one) => one.kept.length === 0);
  let next = 1;
  const keptNumbers = new Map<number, number>();
  const addedNumbers = new Map<number, number>();
  const versions = merged.map((one) => {
    const stays = kept.length === 0 ? one.added[0] : isAppended ? one.kept[0] : undefined;
    const number = Math.max(stays ?? next, next);
    next = number + 1;
    for (const before of one.kept) keptNumbers.set(before, number);
    for (const before of one.added) addedNumbers.set(before, number);
    return { ...one.version, version: number };
  });
  for (const version of added) {
    const number = keptNumbers.get(known.get(identity(version)) ?? Number.NaN);
    if (number !== undefined) addedNumbers.set(version.version, number);
  }
  return {
    versions,
    newestIsFrom: (merged.at(-1)?.kept.length ?? 0) > 0 ? 'kept' : 'added',
    keptNumbers,
    addedNumbers,
    isChanged: merged.length !== kept.length || [...keptNumbers].some(([before, now]) => before !== now),
  };
}

const identity = ({ contentHash, capturedAt }: MergeableVersion) => `${capturedAt} ${contentHash}`;
