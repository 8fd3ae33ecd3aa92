import { maxCapturedCharacters } from '../pages/page';
import type { VectorTrust } from '../search/learn-trust';

/** What a backup is made of; docs/backup.md describes it for others. */
export const backupFormat = 'commonplace-backup';
/** Raised when a reader of the version before would get it wrong. New fields in records need no new version: they are kept by those who do not know them. */
export const backupVersion = 1;

/** The names of the parts that each backup has; the header is the first in the file, the checksum of the manifest the last. */
export const backupNames = {
  header: 'commonplace-backup.json',
  settings: 'settings.json',
  manifest: 'manifest.json',
  manifestChecksum: 'manifest.sha256',
} as const;

export const partKinds = [
  'pages',
  'vectors',
  'captures',
  'conversations',
  'pictures',
  'usage',
  'assistants',
  'examples',
  'tuning-jobs',
  'drafts',
  'judgements',
  'settings',
] as const;
export type PartKind = (typeof partKinds)[number];

export interface BackupHeader {
  readonly format: typeof backupFormat;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface BackupPart {
  readonly name: string;
  readonly kind: PartKind;
  readonly bytes: number;
  /** Lines of a part of records; 0 for others. */
  readonly records: number;
  /** Of the part's bytes, in hexadecimal. */
  readonly sha256: string;
}

export interface BackupCounts {
  readonly pages: number;
  readonly versions: number;
  readonly conversations: number;
  readonly messages: number;
  /** Pages that were saved and not yet searchable. */
  readonly captures: number;
  /** Calls to models; absent in backups from before they were kept. */
  readonly calls?: number;
  /** Made in conversations; absent in backups from before there were any. */
  readonly pictures?: number;
}

export interface BackupManifest extends BackupHeader {
  readonly counts: BackupCounts;
  /** The model whose vectors answered questions; absent when there were none, or they were left out. */
  readonly indexModel?: string;
  /** What was learned of its vectors from the questions that were asked. */
  readonly trust?: VectorTrust & { readonly modelKey: string };
  readonly parts: readonly BackupPart[];
}

/** So much text of a page's versions goes into one line; what has more goes on in the next (see `pageLines`). No version is longer. */
export const lineCharacters = maxCapturedCharacters * 4;

/** A line is not read when it is longer. All of one is in memory at once; a character takes six bytes at most, and the rest of a page little. */
export const longestLineBytes = lineCharacters * 16;

/** A part is ended when it has come to this: large enough to pack well, small enough to be held in memory whole. */
export const partBytes = 4_000_000;
