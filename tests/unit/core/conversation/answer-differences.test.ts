import { describe, expect, it } from 'vitest';
import { answerDifferences } from '../../../../src/core/conversation/answer-differences';
import type { AnswerMessage, Source } from '../../../../src/core/conversation/conversation';

const source = (number: number, start: number) => ({ number, pageId: 'p', version: 1, start, end: start + 9 }) as Source;
const answer = (text: string, ...sources: Source[]) => ({ text, sources }) as unknown as AnswerMessage;
const marked = (paragraphs: ReturnType<typeof answerDifferences>[0]['paragraphs']) =>
  paragraphs.map((words) => words.map(({ text, differs }) => (differs ? `<${text}>` : text)).join(''));

describe('Two answers', () => {
  it('differ in the words that only one of them has, whatever they cite', () => {
    const [one, other] = answerDifferences(
      answer('The lamp was lit in 1823 by the keeper [1].\n\nThe same here.'),
      answer('The lamp was lit in 1974 by the keeper [2][3].\n\nThe same here.'),
    );
    expect(marked(one.paragraphs)).toEqual(['The lamp was lit in <1823 >by the keeper.', 'The same here.']);
    expect(marked(other.paragraphs)).toEqual(['The lamp was lit in <1974 >by the keeper.', 'The same here.']);
  });

  it('rest on the same passage when it is the same place of a page, whatever its number', () => {
    const [one, other] = answerDifferences(answer('', source(1, 10), source(2, 50)), answer('', source(1, 50)));
    expect(one.sources.map(({ isInBoth }) => isInBoth)).toEqual([false, true]);
    expect(other.sources.map(({ isInBoth }) => isInBoth)).toEqual([true]);
  });

  it('differ in all, when there is only one', () => {
    const [one, other] = answerDifferences(answer('Lit.', source(1, 1)), undefined);
    expect(marked(one.paragraphs)).toEqual(['<Lit.>']);
    expect(other).toEqual({ paragraphs: [], sources: [] });
  });
});
