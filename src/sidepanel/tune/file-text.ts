const pieceBytes = 1 << 20;

/**
 * The text of a file, a piece at a time, in UTF-8 unless it begins as UTF-16 does.
 * @param onRead is told how many bytes have been read
 */
export async function* fileText(file: Blob, onRead: (bytes: number) => void = () => {}): AsyncGenerator<string, void, void> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const mark = `${start[0]},${start[1]}`;
  const decoder = new TextDecoder(mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : 'utf-8');
  for (let from = 0; from < file.size; from += pieceBytes) {
    const bytes = await file.slice(from, from + pieceBytes).arrayBuffer();
    const text = decoder.decode(bytes, { stream: from + pieceBytes < file.size });
    onRead(Math.min(file.size, from + pieceBytes));
    yield text;
  }
}
