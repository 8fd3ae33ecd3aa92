import type { DrawnBlock } from './drawn-block';
import { type LinkDefinitions, type MarkdownOptions, type ReadBlock, readBlocks } from './markdown-blocks';

/**
 * Blocks that what follows may still change: the last, and the one before it, for “1. one” and a paragraph “2” become one list as soon as
 * “. two” arrives.
 */
const openBlocks = 2;

interface Finished {
  readonly text: string;
  readonly drawn: readonly DrawnBlock[];
  readonly definitions: LinkDefinitions;
}

const nothing: Finished = { text: '', drawn: [], definitions: {} };

/**
 * Reads a text that is appended to again and again, each time only from where its open blocks begin.
 * @returns a function that gives the blocks of the text as `markdownBlocks` does, with its end made fit to show
 */
export function growingBlocks(
  options: Pick<MarkdownOptions, 'hasMath'> = {},
): (text: string, settleEnd: (end: string) => string) => DrawnBlock[] {
  let finished = nothing;
  return (text, settleEnd) => {
    if (!text.startsWith(finished.text)) finished = nothing;
    finished = finishMore(finished, text, options);
    const end = settleEnd(text.slice(finished.text.length));
    return [...finished.drawn, ...shown(readBlocks(end, finished.definitions, options))];
  };
}

function finishMore(before: Finished, text: string, options: Pick<MarkdownOptions, 'hasMath'>): Finished {
  const blocks = readBlocks(text.slice(before.text.length), before.definitions, options);
  const places = blocks.flatMap(({ drawn }, place) => (drawn === undefined ? [] : [place]));
  const closed = blocks.slice(0, places.at(-openBlocks) ?? 0);
  if (closed.length === 0) return before;
  const length = closed.reduce((sum, block) => sum + block.length, before.text.length);
  return {
    text: text.slice(0, length),
    drawn: [...before.drawn, ...shown(closed)],
    definitions: Object.assign({}, before.definitions, ...closed.map(({ defines }) => defines)),
  };
}

function shown(blocks: readonly ReadBlock[]): DrawnBlock[] {
  return blocks.flatMap(({ drawn }) => drawn ?? []);
}
