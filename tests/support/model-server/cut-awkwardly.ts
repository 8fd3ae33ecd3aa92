// A stream's pieces as no server should send them: a byte alone, a few events at once, and lengths that fall inside lines.
const lengths = [1, 3, 61, 700, 2, 117, 29, 1_300, 5, 43];

function isContinuationByte(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/**
 * Cuts bytes into pieces that end inside `data:` lines, inside `\n\n` and, wherever a letter outside ASCII stands near a cut, inside its UTF-8
 * sequence; some pieces hold several events. The pieces joined are the bytes.
 */
export function cutAwkwardly(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let turn = 0; start < bytes.length; turn += 1) {
    const wanted = start + (lengths[turn % lengths.length] ?? 1);
    let end = Math.min(wanted, bytes.length);
    for (let near = wanted; near < Math.min(wanted + 400, bytes.length); near += 1) {
      if (!isContinuationByte(bytes[near])) continue;
      end = near;
      break;
    }
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return pieces;
}
