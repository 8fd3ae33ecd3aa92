import type { Problem } from '../problem';
import type { BackupCounts } from './backup-format';

/** What is in a backup, and what it would add. */
export interface BackupPreview {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly counts: BackupCounts;
  readonly newPages: number;
  /** Pages that are in the library, without some of the versions of the backup. */
  readonly pagesWithNewVersions: number;
  readonly newConversations: number;
  /** Made by the person; absent when there are none. */
  readonly assistants?: { readonly all: number; readonly new: number };
  readonly withVectors: boolean;
  /** The address of the model server that it would set; empty when none is. */
  readonly modelServer: string;
  /** How many rules it has for sites whose pages are saved by themselves; absent when there are none. */
  readonly siteRules?: number;
}

/** How far a restore is. */
export interface RestoreStatus {
  /** `examined`: not begun. `running`: goes on by itself whenever the worker does. `stopped`: by its problem. */
  readonly state: 'examined' | 'running' | 'paused' | 'stopped' | 'done';
  readonly preview: BackupPreview;
  /** Records: pages, and then what else there is. */
  readonly done: number;
  readonly total: number;
  readonly problem?: Problem;
}
