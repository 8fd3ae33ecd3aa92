/**
 * What becomes of each item of `storage.local` in a backup. A test fails when one that the sources know is not named here.
 * - `backed-up`: see `background/data/write-backup.ts`.
 * - `secret`: leaves this browser in no form.
 * - `here`: says something of this browser only.
 */
export const backupSettings: Readonly<Record<string, 'backed-up' | 'secret' | 'here'>> = {
  modelSettings: 'backed-up',
  modelApiKey: 'secret',
  indexModelApiKey: 'secret',
  restore: 'here',
  backupSchedule: 'here',
};
