/**
 * Chromium keeps a value of more than 65,536 bytes in a file of its own, and syncs that file only in a strict commit. The log that names it reaches the disk soon
 * after a relaxed one as well: if the power fails between the two, the record is there and its file is empty, while what was deleted in the same commit is gone
 * for good. Values are compressed before they are measured, so these bytes, taken before that and somewhat fewer, are surely kept in the log.
 */
const mostBytesInLog = 64_000;

/**
 * How a commit of these values has to be made that may be lost whole if the power fails, but never in part.
 * @returns `strict` when one of them might be kept in a file of its own
 */
export function durabilityOf(values: readonly unknown[]): 'strict' | 'relaxed' {
  return values.some((value) => mostBytes(value) > mostBytesInLog) ? 'strict' : 'relaxed';
}

/** Tag, length and alignment of a value as it is serialised, or a number as a whole. */
const headerBytes = 16;

/**
 * At most so many bytes a value is serialised to. Two for each UTF-16 code unit: whether a string takes but one depends on how the engine happens to hold it.
 * Of a view the whole buffer is written.
 */
function mostBytes(value: unknown): number {
  if (typeof value === 'string') return headerBytes + 2 * value.length;
  if (typeof value !== 'object' || value === null) return headerBytes;
  if (ArrayBuffer.isView(value)) return 2 * headerBytes + value.buffer.byteLength;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + mostBytes(item), headerBytes);
  // What else there is, such as a blob, may be of any size.
  if (Object.getPrototypeOf(value) !== Object.prototype) return Number.POSITIVE_INFINITY;
  return Object.entries(value).reduce((sum, [name, item]) => sum + mostBytes(name) + mostBytes(item), headerBytes);
}
