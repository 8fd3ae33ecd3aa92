import { describe, expect, it } from 'vitest';
import { analyzeText } from '../../../src/core/analyze-text';

describe('the terms of a text', () => {
  it('are the same for the forms of an English word', () => {
    expect(new Set(analyzeText('lamp lamps LAMPS lamp’s')).size).toBe(1);
  });

  it('do not depend on Latin accents or compatibility forms', () => {
    expect(analyzeText('Café ﬁne')).toEqual(analyzeText('cafe fine'));
  });

  it('are words in Chinese, Japanese and Thai too', () => {
    expect(analyzeText('東京の灯台')).toContain('灯台');
    expect(analyzeText('灯塔在海边')).toContain('灯塔');
    expect(analyzeText('ประภาคารริมทะเล')).toContain('ทะเล');
  });

  it('keep the voicing marks of Japanese', () => {
    expect(analyzeText('ガラス')).not.toEqual(analyzeText('カラス'));
  });

  it('take the beginning of an endless word, and nothing of punctuation', () => {
    expect(analyzeText('x'.repeat(100_000))[0]).toHaveLength(64);
    expect(analyzeText('… — !? 😀')).toEqual([]);
  });
});
