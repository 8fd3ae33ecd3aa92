import { type LinkDefinitions, type MarkdownOptions, type ReadBlock, readBlocks } from './markdown-blocks';

/**
 * Blocks that what follows may still change: the last, and the one before it, for “1. one” and a paragraph “2” become one list as soon as
 * “. two” arrives.
 */
const openBlocks = 2;

interface Finished {
  readonly text: string;
  readonly html: readonly string[];
  readonly definitions: LinkDefinitions;
}

const nothing: Finished = { text: '', html: [], definitions: {} };

/**
 * Reads a text that is appended to again and again, each time only from where its open blocks begin.
 * @returns a function that gives the blocks of the text as `markdownBlocks` does, with its end made fit to show
 */
export function growingBlocks(
  options: Pick<MarkdownOptions, 'hasMath'> = {},
): (text: string, settleEnd: (end: string) => string) => string[] {
  let finished = nothing;
  return (text, settleEnd) => {
    if (!text.startsWith(finished.text)) finished = nothing;
    finished = finishMore(finished, text, options);
    const end = settleEnd(text.slice(finished.text.length));
    return [...finished.html, ...shown(readBlocks(end, finished.definitions, options))];
  };
}

function finishMore(before: Finished, text: string, options: Pick<MarkdownOptions, 'hasMath'>): Finished {
  const blocks = readBlocks(text.slice(before.text.length), before.definitions, options);
  const places = blocks.flatMap(({ html }, place) => (html === undefined ? [] : [place]));
  const closed = blocks.slice(0, places.at(-openBlocks) ?? 0);
  if (closed.length === 0) return before;
  const length = closed.reduce((sum, block) => sum + block.length, before.text.length);
  return {
    text: text.slice(0, length),
    html: [...before.html, ...shown(closed)],
    definitions: Object.assign({}, before.definitions, ...closed.map(({ defines }) => defines)),
  };
}

function shown(blocks: readonly ReadBlock[]): string[] {
  return blocks.flatMap(({ html }) => html ?? []);
}
