import type { ChatMessage, Prompt } from './read-prompt';

// 48 bits written in base 64: less could be guessed by a page that tries many.
const leastNonceCharacters = 8;

/** Holds requests to the rules that keep a page from closing its own fence: a nonce is long enough, new each time, and appears in no passage. */
export class FenceCheck {
  private readonly promptByNonce = new Map<string, string>();

  /** @returns what is wrong, in words; the same prompt sent twice is a retry and may keep its nonce. */
  check(prompt: Prompt, messages: readonly ChatMessage[]): string[] {
    const { nonce } = prompt;
    if (nonce === undefined) return [];
    const sent = JSON.stringify(messages);
    const known = this.promptByNonce.get(nonce);
    this.promptByNonce.set(nonce, sent);
    return [
      ...(nonce.length < leastNonceCharacters ? [`The fences' nonce "${nonce}" is short enough to be guessed.`] : []),
      ...(known !== undefined && known !== sent ? [`The fences' nonce "${nonce}" was used for two requests.`] : []),
      ...prompt.passages
        .filter(({ text }) => text.includes(nonce))
        .map(({ number }) => `Passage ${number} holds the nonce of its own fence.`),
    ];
  }
}
