import { useMemo } from 'preact/hooks';
import { useLoaded } from '../use-loaded';
import type { CodePart } from './highlight-code';

interface CodeBlockProps {
  readonly code: string;
  /** As its fence names it. */
  readonly language: string;
}

/** Longer code would take longer than a frame. */
const longestHighlighted = 20_000;

const loadHighlighter = () => import('./highlight-code');

/** Code with its kinds of words told apart by colour, as soon as what does that has been loaded. */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const { module: highlighter } = useLoaded(loadHighlighter);
  const parts = useMemo(
    () => (highlighter && code.length <= longestHighlighted ? highlighter.highlightCode(language, code) : [code]),
    [highlighter, language, code],
  );
  return <code>{parts.map(shownPart)}</code>;
}

function shownPart(part: CodePart, index: number) {
  if (typeof part === 'string') return part;
  return (
    <span key={index} class={`code-${part.kind}`}>
      {part.parts.map(shownPart)}
    </span>
  );
}
