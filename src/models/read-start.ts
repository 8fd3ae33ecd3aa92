/** The text of a body, no more of it than so many characters, within a few thousand. */
export async function readStart(body: ReadableStream<Uint8Array>, maximumCharacters: number): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let characters = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts.join('');
    const part = decoder.decode(value, { stream: true });
    parts.push(part);
    characters += part.length;
    if (characters < maximumCharacters) continue;
    void reader.cancel().catch(() => {});
    return parts.join('');
  }
}
