import { describe, expect, test } from 'vitest';
import { GrowingAnswer, mostAnswerCharacters } from '../../../../src/core/conversation/growing-answer';

function grow(text: string, step: number): { answer: GrowingAnswer; shown: string } {
  const answer = new GrowingAnswer();
  let shown = '';
  for (let from = 0; from < text.length; from += step) shown += answer.add(text.slice(from, from + step));
  return { answer, shown: shown + answer.end() };
}

describe('A growing answer', () => {
  test.each([1, 3, 7, 100])('leaves out what is thought before it, in pieces of %i', (step) => {
    expect(grow('\n<think>It says <b> so,\nI think.</think>\n\nIt is so <think>here</think>.', step).shown).toBe(
      'It is so <think>here</think>.',
    );
    expect(grow('<think>It says so, and', step)).toMatchObject({ shown: '', answer: { text: '' } });
    expect(grow('<thin air> is thin', step).shown).toBe('<thin air> is thin');
    expect(grow('<th', step).shown).toBe('<th');
    expect(grow(' ', step).answer.text.trim()).toBe('');
  });

  test('takes no more than it can hold', () => {
    const words = Array.from({ length: 30_000 }, (_, index) => `word${index} `).join('');
    const { answer, shown } = grow(words, 1_000);
    expect(answer).toMatchObject({ text: words.slice(0, mostAnswerCharacters), problem: 'model-answer-too-long' });
    expect(shown).toBe(answer.text);
  });

  test('ends when it goes round in a loop', () => {
    const { answer } = grow(`It was lit in 1974. ${'Nobody knows. '.repeat(500)}`, 5);
    expect(answer).toMatchObject({ text: 'It was lit in 1974. Nobody knows.', problem: 'model-looped' });
  });
});
