import type { Problem } from '../problem';

/** How often a backup goes to the downloads by itself. */
export interface BackupSchedule {
  readonly everyDays: number;
  /** How many of those that were made by themselves stay; older ones are deleted. */
  readonly keep: number;
  readonly withVectors: boolean;
}

/** What the panel is told of it. */
export interface BackupScheduleStatus extends BackupSchedule {
  /** Milliseconds since 1970. */
  readonly nextAt: number;
  /** Of the last one that was made. */
  readonly lastAt?: number;
  readonly lastName?: string;
  /** Why the newest try came to nothing. */
  readonly problem?: Problem;
}
