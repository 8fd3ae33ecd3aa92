import { describe, expect, it } from 'vitest';
import { bestSentence } from '../../../src/core/best-sentence';

const quotation =
  'The great lens\n\nThe lens stood in the tower for ninety years. It holds 1,014 separate prisms. The keeper of the lens lived below.';
const chosen = (question: string) => {
  const span = bestSentence(quotation, question);
  return span && quotation.slice(span.start, span.end);
};

describe('the sentence of a quotation that answers best', () => {
  it('is the one with the rarest of the question’s words', () => {
    expect(chosen('How many separate prisms does the lens hold?')).toBe('It holds 1,014 separate prisms.');
  });

  it('may be any line', () => {
    expect(chosen('Which great lens?')).toBe('The great lens');
  });

  it('is none when no word matches', () => {
    expect(chosen('submarine')).toBeUndefined();
  });

  it('is found in Japanese too', () => {
    const text = '灯台は1823年に点灯した。パンは十二時間休ませる。';
    const span = bestSentence(text, 'パンは何時間休ませますか');
    expect(span && text.slice(span.start, span.end)).toBe('パンは十二時間休ませる。');
  });
});
