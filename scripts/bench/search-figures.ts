import type { PeerName } from '../harness/peer-indexes';

export interface PeerFigures {
  /** In a worker that runs: from nothing in memory to an index that can be asked. */
  readonly loadMs: number;
  /** From a message to a killed worker until its answer; the median. */
  readonly coldMs: number;
  readonly warmP50Ms: number;
}

/** `null`: left out. */
export interface PeersFigures extends Readonly<Record<PeerName, PeerFigures | null>> {
  readonly minisearchWithScan: Pick<PeerFigures, 'loadMs' | 'coldMs'> | null;
}

export interface SearchFigures {
  readonly passages: number;
  readonly dimensions: number;
  readonly ours: {
    /** From a message to a killed worker until ranked passages are back; the median and the slowest. */
    readonly coldMs: number;
    readonly coldMaxMs: number;
    /** What a killed worker takes to answer anything at all: part of the above. */
    readonly startMs: number;
    readonly warmP50Ms: number;
    readonly warmP95Ms: number;
    /** The most that was alive in the worker while it answered questions from a cold start, above an empty worker. */
    readonly memoryMb: number;
    /** The same with what was not cleared away yet. */
    readonly memoryWithGarbageMb: number;
    /** What stays alive between questions. */
    readonly memoryHeldMb: number;
    /** All records and keys but those of the text, before the database compresses them. */
    readonly bytesPerPassage: number;
    readonly recallAt10: number;
  };
  readonly peers: PeersFigures;
  /** Why there are no figures of some. */
  readonly peersLeftOut: Readonly<Partial<Record<keyof PeersFigures, string>>>;
  /** How many times as long theirs takes. */
  readonly ratios: { readonly coldMiniSearchWithScan: number | null; readonly warmExactScan: number | null };
  readonly bytesPerPassageByStore: Readonly<Record<string, number>>;
  /** What the browser says that all of it takes, text included; `null` of a library that lay there, of which it says only what was written since it was started. */
  readonly diskBytesPerPassage: number | null;
  readonly textCharactersPerPassage: number;
  readonly buildPassagesPerSecond: number;
}
