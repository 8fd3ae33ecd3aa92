import { useEffect, useRef, useState } from 'preact/hooks';
import { plainText } from '../../../core/text/plain-text';
import type { ShownAnswer } from '../../state/exchange';

/** Between two things that are said, so that they are heard out. */
const pauseMs = 1_500;
const sentenceEnd = /[.!?…。！？:](?:["”’)\]]|\[\d+\])*\s|\n/gu;

/**
 * What is heard of an answer while it is written, by those who hear the panel: its whole sentences, some at a time, and the rest when it has ended.
 * The answer itself is not a live region, for then every few letters would be said.
 */
export function SpokenAnswer({ answer }: { readonly answer: ShownAnswer | undefined }) {
  const [said, setSaid] = useState('');
  const latest = useRef('');
  latest.current = answer?.text ?? '';
  const isStreaming = answer?.status === 'streaming';
  const wasStreaming = useRef(false);
  const until = useRef(0);
  useEffect(() => {
    const say = (end: number) => {
      const words = spokenText(latest.current.slice(until.current, end));
      until.current = end;
      if (words) setSaid(words);
    };
    if (isStreaming) {
      wasStreaming.current = true;
      until.current = 0;
      const timer = setInterval(() => say(lastSentenceEnd(latest.current, until.current)), pauseMs);
      return () => clearInterval(timer);
    }
    if (!wasStreaming.current) return;
    wasStreaming.current = false;
    say(latest.current.length);
    // It can be read where it stands from now on.
    const timer = setTimeout(() => setSaid(''), pauseMs);
    return () => clearTimeout(timer);
  }, [isStreaming]);
  return (
    <p class="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}

function lastSentenceEnd(text: string, from: number): number {
  let end = from;
  for (const { 0: whole, index } of text.slice(from).matchAll(sentenceEnd)) end = from + index + whole.length;
  return end;
}

function spokenText(markdown: string): string {
  return plainText(markdown.replace(/\s*\[\d+(?:\s*,\s*\d+)*\]/g, '')).trim();
}
