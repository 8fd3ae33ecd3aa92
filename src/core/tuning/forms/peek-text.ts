import type { TextChunks } from './read-result';

const headCharacters = 20_000;

/** The beginning of a text, and all of it, that beginning included. */
export async function peekText(chunks: TextChunks): Promise<{ readonly head: string; readonly all: TextChunks }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = '';
  while (head.length < headCharacters) {
    const next = await iterator.next();
    if (next.done) break;
    head += next.value;
  }
  const all = async function* () {
    yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  };
  return { head, all: all() };
}
