import * as v from 'valibot';
import type { RestoreStatus } from '../core/backup/restore-status';
import type { Problem } from '../core/problem';

/** The name of the Port on which the worker makes a file, or looks at one. */
export const filePort = 'file';

/** What a file of one's pages may be. */
export const exportKinds = ['markdown', 'json-lines', 'bibtex', 'csl-json'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** What the panel sends down the Port: the work first and once, then `stop` if it likes. Closing the Port stops it too. */
export type FileOrder =
  | { readonly type: 'export'; readonly kind: ExportKind; readonly allVersions: boolean }
  /** Encrypted with the passphrase, if there is one. */
  | { readonly type: 'backup'; readonly withVectors: boolean; readonly passphrase?: string }
  /** Of the file that was handed over as `incoming`. */
  | { readonly type: 'examine'; readonly passphrase?: string }
  | { readonly type: 'stop' };

/** What comes back up: any number of `progress`, then one of the others, after which the worker closes the Port. */
export type FileWorkPart =
  | { readonly type: 'progress'; readonly percent: number }
  /** To be taken as an exchanged file. `filesLeftOut` counts those that wait to be read and are not in a backup; absent when there are none. */
  | { readonly type: 'made'; readonly file: `outgoing-${string}`; readonly name: string; readonly filesLeftOut?: number }
  | { readonly type: 'examined'; readonly status: RestoreStatus }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly problem: Problem };

const passphrase = v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)));

export const fileOrderSchema: v.GenericSchema<unknown, FileOrder> = v.variant('type', [
  v.object({ type: v.literal('export'), kind: v.picklist(exportKinds), allVersions: v.boolean() }),
  v.object({ type: v.literal('backup'), withVectors: v.boolean(), passphrase }),
  v.object({ type: v.literal('examine'), passphrase }),
  v.object({ type: v.literal('stop') }),
]);
