/**
 * What becomes of each item of `storage.local` in a backup. A test fails when one that the sources know is not named here.
 * - `backed-up`: as it is stored; `background/data/restored-settings.ts` says how it is checked and taken over.
 * - `secret`: leaves this browser in no form.
 * - `here`: says something of this browser only.
 */
export const backupSettings = {
  modelSettings: 'backed-up',
  autoSave: 'backed-up',
  spending: 'backed-up',
  modelApiKey: 'secret',
  indexModelApiKey: 'secret',
  restore: 'here',
  backupSchedule: 'here',
  borrowedAccess: 'here',
  learnedRefusals: 'here',
  tuningServices: 'here',
  tuningServiceKeys: 'secret',
} as const satisfies Readonly<Record<string, 'backed-up' | 'secret' | 'here'>>;

type Treatments = typeof backupSettings;

export type BackedUpSetting = { [Name in keyof Treatments]: Treatments[Name] extends 'backed-up' ? Name : never }[keyof Treatments];

export const backedUpSettings = Object.entries(backupSettings)
  .filter(([, treatment]) => treatment === 'backed-up')
  .map(([name]) => name as BackedUpSetting);
