/** A text as a file gives it: a piece at a time. */
export async function* inPieces(text: string, length = 7): AsyncGenerator<string, void, void> {
  for (let from = 0; from < text.length; from += length) yield text.slice(from, from + length);
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
