import { expect, it } from 'vitest';
import type { Verdict } from '../../../../src/core/citations/answer-check';
import { bestSupported, citationSupport } from '../../../../src/core/citations/citation-support';

const check = (...verdicts: Verdict[]) => ({
  sentences: verdicts.map((verdict) => ({ start: 0, end: 1, verdict, support: [], unknown: [] })),
});

it('What cannot be compared with the sources counts neither way', () => {
  expect(citationSupport(check('supported', 'unchecked', 'unsupported'))).toEqual({ supported: 1, claims: 2 });
  expect(citationSupport(undefined)).toEqual({ supported: 0, claims: 0 });
});

it.each([
  ['the larger share of claims borne out', [check('supported', 'unsupported'), check('supported'), check('unsupported')], 1],
  ['of shares alike, the one with more of them', [check('supported'), check('supported', 'supported')], 1],
  ['of two alike, the first', [check('supported'), check('supported')], 0],
  ['one with support before one that claims nothing', [check(), check('unsupported', 'supported')], 1],
])('The best supported is %s', (_, checks, best) => {
  expect(bestSupported(checks.map(citationSupport))).toBe(best);
});
