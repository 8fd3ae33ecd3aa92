import * as v from 'valibot';
import { type BackupManifest, type BackupPart, backupNames, backupVersion, longestLineBytes } from '../../core/backup/backup-format';
import { ProblemError } from '../../core/problem';
import { sha256Hex } from '../sha256';
import { headerSchema, manifestSchema } from './backup-schemas';
import { damaged, openZip } from './zip-reader';

export interface OpenBackup {
  readonly manifest: BackupManifest;
  readonly manifestSha256: string;
  /** @throws ProblemError `backup-damaged` unless the bytes are what was written */
  readonly readPart: (part: BackupPart) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a backup that is not encrypted, or no longer.
 * @throws ProblemError `backup-unknown`, `backup-newer`, `backup-incomplete`, `backup-damaged`, `backup-oversized`
 */
export async function openBackup(file: Blob): Promise<OpenBackup> {
  const zip = await openZip(file);
  if (!zip) throw new ProblemError({ code: (await beginsAsBackup(file)) ? 'backup-incomplete' : 'backup-unknown' });
  const headerBytes = await zip.read(backupNames.header);
  if (!headerBytes) throw new ProblemError({ code: 'backup-unknown' });
  const header = parse(headerSchema, new TextDecoder().decode(headerBytes), backupNames.header);
  if (header.version > backupVersion) throw new ProblemError({ code: 'backup-newer' });
  const [manifestBytes, checksum] = [await zip.read(backupNames.manifest), await zip.read(backupNames.manifestChecksum)];
  if (!manifestBytes || !checksum) throw new ProblemError({ code: 'backup-incomplete' });
  const manifestSha256 = await sha256Hex(manifestBytes);
  if (!new TextDecoder().decode(checksum).startsWith(manifestSha256)) throw damaged(backupNames.manifest);
  const manifest = parse(manifestSchema, new TextDecoder().decode(manifestBytes), backupNames.manifest);
  return {
    manifest,
    manifestSha256,
    async readPart({ name, bytes, sha256: expected }) {
      const part = await zip.read(name);
      if (!part || part.length !== bytes || (await sha256Hex(part)) !== expected) throw damaged(name);
      return part;
    },
  };
}

/** @throws ProblemError `backup-damaged` */
export function parse<Value>(schema: v.GenericSchema<unknown, Value>, json: string, where: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged(where);
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw damaged(`${where}: ${v.getDotPath(parsed.issues[0]) ?? ''} ${parsed.issues[0].message}`);
}

/** The lines of a part of records. @throws ProblemError `backup-damaged`, `backup-oversized` */
export function* parseLines<Value>(schema: v.GenericSchema<unknown, Value>, bytes: Uint8Array, { name }: BackupPart): Generator<Value> {
  const decoder = new TextDecoder();
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    if (to - from > longestLineBytes) throw new ProblemError({ code: 'backup-oversized' });
    yield parse(schema, decoder.decode(bytes.subarray(from, to)), `${name}:${line}`);
    from = to + 1;
  }
}

/** The first file of a zip stands uncompressed with its name: where the end is missing, it still tells whose the file was. */
async function beginsAsBackup(file: Blob): Promise<boolean> {
  const start = new TextDecoder('latin1').decode(await file.slice(0, 100).arrayBuffer());
  return start.startsWith('PK\u0003\u0004') && start.includes(backupNames.header);
}
