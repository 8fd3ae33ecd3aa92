import { ProblemError } from '../../core/problem';

/** The list of files at the end of a zip (APPNOTE.TXT 4.3.12, 4.3.16), and one header before each file (4.3.7). */
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const fileSignature = 0x04034b50;
const [endBytes, entryBytes, fileHeaderBytes] = [22, 46, 30];
const longestComment = 65_535;
const [stored, deflated] = [0, 8];

/** Deflate packs nothing tighter than this; what claims more lies. */
const tightestRatio = 1_032;
/** Of all files together. Pages pack about 4 to 1; the allowance is for small libraries of odd texts. */
const likelyRatio = 100;
const allowanceBytes = 64_000_000;
/** Of one file: a page with all its versions must fit in memory. */
const largestFileBytes = 512_000_000;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

export interface ZipReader {
  readonly names: readonly string[];
  /** @returns `undefined` when there is no such file */
  readonly read: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * Opens a zip that lies on the disk and reads single files of it. What it says of itself is checked before anything is unpacked, and nothing is unpacked
 * beyond what it said.
 * @returns `undefined` when the list of files is not there: it is no zip, or its end is missing
 * @throws ProblemError `backup-damaged`, `backup-oversized`
 */
export async function openZip(file: Blob): Promise<ZipReader | undefined> {
  const tail = await viewOf(file.slice(Math.max(0, file.size - endBytes - longestComment)));
  let end = tail.byteLength - endBytes;
  while (end >= 0 && !(tail.getUint32(end, true) === endSignature && end + endBytes + tail.getUint16(end + 20, true) === tail.byteLength)) {
    end -= 1;
  }
  if (end < 0) return undefined;
  const listBytes = tail.getUint32(end + 12, true);
  const listOffset = tail.getUint32(end + 16, true);
  const list = await viewOf(file.slice(listOffset, listOffset + listBytes));
  const entries = readEntries(list, tail.getUint16(end + 10, true), listOffset);
  refuseBombs(entries, file.size);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size !== entries.length) throw damaged('Two files of one name');
  return {
    names: [...byName.keys()],
    async read(name) {
      const entry = byName.get(name);
      return entry && unpack(file, entry);
    },
  };
}

function readEntries(list: DataView, count: number, listOffset: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + entryBytes > list.byteLength || list.getUint32(at, true) !== entrySignature) throw damaged('The list of files');
    const nameBytes = list.getUint16(at + 28, true);
    const end = at + entryBytes + nameBytes + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
    if (end > list.byteLength) throw damaged('The list of files');
    const name = new TextDecoder().decode(new Uint8Array(list.buffer, list.byteOffset + at + entryBytes, nameBytes));
    entries.push({
      name,
      method: list.getUint16(at + 10, true),
      packedBytes: list.getUint32(at + 20, true),
      bytes: list.getUint32(at + 24, true),
      offset: list.getUint32(at + 42, true),
    });
    at = end;
  }
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  inOrder.forEach(({ name, offset, packedBytes }, index) => {
    const next = inOrder[index + 1]?.offset ?? listOffset;
    // Files that share their bytes are how a small zip is made to unpack into a huge one.
    if (offset + fileHeaderBytes + packedBytes > next) throw damaged(name);
  });
  return entries;
}

function refuseBombs(entries: readonly ZipEntry[], fileBytes: number): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const isBomb =
    total > allowanceBytes + fileBytes * likelyRatio ||
    entries.some(({ bytes, packedBytes }) => bytes > largestFileBytes || bytes > (packedBytes + 1) * tightestRatio);
  if (isBomb) throw new ProblemError({ code: 'backup-oversized' });
}

async function unpack(file: Blob, { name, method, packedBytes, bytes, offset }: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const header = await viewOf(file.slice(offset, offset + fileHeaderBytes));
  if (header.byteLength < fileHeaderBytes || header.getUint32(0, true) !== fileSignature) throw damaged(name);
  const from = offset + fileHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(from, from + packedBytes);
  if (packed.size !== packedBytes) throw damaged(name);
  if (method === stored && packedBytes === bytes) return new Uint8Array(await packed.arrayBuffer());
  if (method !== deflated) throw damaged(name);
  const unpacked = new Uint8Array(bytes);
  let filled = 0;
  const reader = packed.stream().pipeThrough<Uint8Array>(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      if (filled + step.value.length > bytes) throw damaged(name);
      unpacked.set(step.value, filled);
      filled += step.value.length;
    }
  } catch {
    void reader.cancel().catch(() => {});
    throw damaged(name);
  }
  if (filled !== bytes) throw damaged(name);
  return unpacked;
}

async function viewOf(part: Blob): Promise<DataView> {
  return new DataView(await part.arrayBuffer());
}

export const damaged = (detail: string) => new ProblemError({ code: 'backup-damaged', detail });
