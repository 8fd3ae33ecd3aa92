/** How many bytes `putInteger` takes. */
export function bytesOfInteger(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** Puts a whole number where bytes are kept free for it, as `ByteWriter.integer` writes it. @returns where it ends */
export function putInteger(bytes: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = value;
  while (rest >= 128) {
    bytes[to++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  bytes[to++] = rest;
  return to;
}
