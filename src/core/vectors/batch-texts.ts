import { maximumTokens } from '../text/estimate-tokens';

/** What one embeddings request may hold: OpenAI's limits, which compatible servers keep to or relax. The number of inputs is kept low, so that a stopped worker loses little that was paid for. */
export const embeddingLimits = { inputs: 64, tokensPerInput: 8_192, tokensPerRequest: 300_000 } as const;

/**
 * Cuts a list of texts into consecutive batches that no server refuses for their size. Bytes are counted for tokens, of which there
 * are never more.
 * @returns for each batch the index of its first text and the texts
 */
export function batchTexts(texts: readonly string[]): { first: number; texts: string[] }[] {
  const batches: { first: number; texts: string[] }[] = [];
  let open: { first: number; texts: string[] } | undefined;
  let tokens = 0;
  texts.forEach((text, index) => {
    const input = shorten(text, embeddingLimits.tokensPerInput);
    const size = maximumTokens(input);
    if (!open || open.texts.length >= embeddingLimits.inputs || tokens + size > embeddingLimits.tokensPerRequest) {
      open = { first: index, texts: [] };
      batches.push(open);
      tokens = 0;
    }
    open.texts.push(input);
    tokens += size;
  });
  return batches;
}

/** The longest beginning of a text that surely has no more tokens than the limit. */
function shorten(text: string, limit: number): string {
  if (maximumTokens(text) <= limit) return text;
  let end = Math.min(text.length, limit);
  while (maximumTokens(text.slice(0, end)) > limit) end = Math.floor(end * 0.9);
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}
