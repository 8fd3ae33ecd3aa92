/** What the browser puts before each value: version, and where the parts that are sent along begin. */
const headerBytes = 17;

/**
 * How many bytes a value takes in IndexedDB, before compression: the serialization format of V8 (`value-serializer.cc`), version 15, by hand, because no
 * page can ask for it. Knows what JSON knows, and buffers and their views.
 */
export function recordBytes(value: unknown): number {
  return headerBytes + valueBytes(value);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'number') return isSmall(value) ? 1 + varintBytes(zigzag(value)) : 9;
  if (typeof value === 'string') return stringBytes(value);
  if (ArrayBuffer.isView(value)) return viewBytes(value);
  if (Array.isArray(value)) {
    const ends = 2 + 2 * varintBytes(value.length) + 1;
    return value.reduce<number>((sum, element) => sum + valueBytes(element), ends);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return entries.reduce((sum, [key, part]) => sum + stringBytes(key) + valueBytes(part), 2 + varintBytes(entries.length));
  }
  return 1;
}

function stringBytes(text: string): number {
  const isNarrow = !/[\u0100-\uffff]/.test(text);
  const bytes = isNarrow ? text.length : text.length * 2;
  return 1 + varintBytes(bytes) + bytes;
}

/** The whole buffer goes along, however little of it the view shows. */
function viewBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
  const ofBuffer = 1 + varintBytes(buffer.byteLength) + buffer.byteLength;
  return ofBuffer + 3 + varintBytes(byteOffset) + varintBytes(byteLength);
}

/** V8 keeps numbers of 31 bits as such. */
const isSmall = (value: number) => Number.isInteger(value) && !Object.is(value, -0) && value >= -(2 ** 30) && value < 2 ** 30;
const zigzag = (value: number) => ((value << 1) ^ (value >> 31)) >>> 0;

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
