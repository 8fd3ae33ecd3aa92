import type { CapturedBlock } from './to-markdown';

/**
 * Joins blocks to a text of at most `maxCharacters` UTF-16 code units, cut at the end of a block.
 * A single block longer than that is cut inside, between two characters.
 */
export function joinBlocks(blocks: readonly CapturedBlock[], maxCharacters: number): { markdown: string; shareKept: number } {
  const lengths = blocks.map((block, index) => block.text.length + (index === 0 ? 0 : block.isTight ? 1 : 2));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const parts: string[] = [];
  let kept = 0;
  for (const [index, block] of blocks.entries()) {
    const length = lengths[index] ?? 0;
    if (kept + length > maxCharacters) {
      if (index === 0) parts.push(cut(block.text, maxCharacters));
      kept += parts.length === 1 && index === 0 ? (parts[0]?.length ?? 0) : 0;
      break;
    }
    parts.push((index === 0 ? '' : block.isTight ? '\n' : '\n\n') + block.text);
    kept += length;
  }
  return { markdown: parts.join(''), shareKept: total === 0 ? 1 : kept / total };
}

function cut(text: string, length: number): string {
  const splitsPair = /[\uD800-\uDBFF]/.test(text[length - 1] ?? '');
  return text.slice(0, splitsPair ? length - 1 : length);
}
