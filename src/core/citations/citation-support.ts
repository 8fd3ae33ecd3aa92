import type { AnswerCheck } from './answer-check';

/** How well the sources bear out what an answer claims. */
export interface CitationSupport {
  readonly supported: number;
  /** Of the sentences that could be compared with the sources. */
  readonly claims: number;
}

export function citationSupport(check: AnswerCheck | undefined): CitationSupport {
  const compared = (check?.sentences ?? []).filter(({ verdict }) => verdict !== 'unchecked');
  return { supported: compared.filter(({ verdict }) => verdict === 'supported').length, claims: compared.length };
}

/**
 * Which of several answers is best supported: the one with the largest share of its claims borne out, and of those alike the one with more of
 * them, then the first. One that claims nothing comes after all that have any support.
 */
export function bestSupported(supports: readonly CitationSupport[]): number {
  const shareOf = ({ supported, claims }: CitationSupport) => (claims === 0 ? 0 : supported / claims);
  let best = 0;
  for (const [index, support] of supports.entries()) {
    const leader = supports[best] ?? support;
    const gain = shareOf(support) - shareOf(leader);
    if (gain > 0 || (gain === 0 && support.supported > leader.supported)) best = index;
  }
  return best;
}
