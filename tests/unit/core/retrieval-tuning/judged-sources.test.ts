import { expect, test } from 'vitest';
import type { AnswerMessage, Source } from '../../../../src/core/conversation/conversation';
import { packAsked, unpackAsked } from '../../../../src/core/retrieval-tuning/asked-vector';
import { judgedSources } from '../../../../src/core/retrieval-tuning/judged-sources';

const source = (number: number, besides: Partial<Source> = {}) => ({ number, pageId: `page-${number}`, ...besides }) as Source;
const answer = (besides: Partial<AnswerMessage> = {}) =>
  ({
    role: 'answer',
    kind: 'written',
    status: 'complete',
    text: 'Lamps burn oil [1]. Some are red [2, 3].',
    sources: [1, 2, 3, 4].map((number) => source(number)),
    ...besides,
  }) as AnswerMessage;
const supportedBy = (...numbers: number[]) => ({
  sentences: [
    {
      start: 0,
      end: 1,
      verdict: 'supported' as const,
      unknown: [],
      support: numbers.map((number) => ({ source: number, start: 0, end: 1, quote: '', liveUrl: '' })),
    },
  ],
});
const numbers = (sources: readonly Source[]) => sources.map(({ number }) => number);

test('what was opened comes before what is cited, and nothing comes twice', () => {
  expect(numbers(judgedSources(answer({ opened: [4, 2] }), undefined))).toEqual([4, 2, 1, 3]);
});

test('a citation that the source does not bear out says nothing, unless the answer was called good', () => {
  expect(numbers(judgedSources(answer({ check: supportedBy(2) }), undefined))).toEqual([2]);
  expect(numbers(judgedSources(answer({ check: supportedBy(2) }), 'good'))).toEqual([1, 2, 3]);
});

test('of a bad answer, of one that was cut off and of mere quotations, only what was opened counts', () => {
  expect(judgedSources(answer(), 'bad')).toEqual([]);
  expect(numbers(judgedSources(answer({ opened: [3] }), 'bad'))).toEqual([3]);
  expect(judgedSources(answer({ status: 'stopped' }), undefined)).toEqual([]);
  expect(numbers(judgedSources(answer({ kind: 'quoted', text: '', opened: [1] }), undefined))).toEqual([1]);
});

test('a page that was read and never saved cannot be found, so it is left out', () => {
  expect(numbers(judgedSources(answer({ sources: [source(1, { isUnsaved: true }), source(2)] }), undefined))).toEqual([2]);
});

test('a vector is kept in a few bytes and comes back in nearly the same direction', () => {
  const vector = Float32Array.from({ length: 64 }, (_, place) => Math.sin(place * 7));
  const length = Math.hypot(...vector);
  const asked = packAsked('What burns?', 'model', vector);
  const back = unpackAsked(JSON.parse(JSON.stringify(asked))) as Float32Array;
  expect(Math.hypot(...back)).toBeCloseTo(1, 5);
  expect(back.reduce((sum, component, place) => sum + (component * (vector[place] as number)) / length, 0)).toBeGreaterThan(0.999);
});

test('what is no vector is nothing', () => {
  const asked = packAsked('What burns?', 'model', new Float32Array([1, 0]));
  expect(unpackAsked({ ...asked, codes: '%%' })).toBeUndefined();
  expect(unpackAsked({ ...asked, factor: Number.NaN })).toBeUndefined();
  expect(unpackAsked(packAsked('Nothing', 'model', new Float32Array(2)))).toBeUndefined();
});
