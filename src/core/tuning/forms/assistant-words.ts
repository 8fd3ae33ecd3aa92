import type { Assistant } from '../../assistants/assistant';

/** What was set up for an assistant, as a system prompt says it. Instructions that are filled in anew each time are nobody's in particular, and left out. */
export function assistantWords({ instructions, tone }: Pick<Assistant, 'instructions' | 'tone'>): string | undefined {
  const words = [instructions, tone].filter(Boolean).join('\n');
  return words === '' || words.includes('{{') ? undefined : words;
}
