import { describe, expect, it } from 'vitest';
import { findCitationMarks, keepKnownMarks } from '../../../../src/core/conversation/citation-marks';

const known = new Set([1, 2, 3]);

describe('citation marks', () => {
  it('are found singly, in lists and in the brackets some models prefer', () => {
    expect(findCitationMarks('One [1][2]. Two [2, 3]. Three 【1】.').map((mark) => mark.numbers)).toEqual([[1], [2], [2, 3], [1]]);
  });

  it('are not looked for in code, and a link is no mark', () => {
    expect(findCitationMarks('`list[1]`\n```\nrow[2]\n```\n[1](https://example.org)\n[2]: https://example.org')).toEqual([]);
  });

  it('are not an interval from zero, nor what an index is', () => {
    expect(keepKnownMarks('Between [0, 1], as ``row[9]`` says [1].', known)).toBe('Between [0, 1], as ``row[9]`` says [1].');
  });

  it('that stand for no source disappear with the space before them', () => {
    expect(keepKnownMarks('True [1]. Made up [99].', known)).toBe('True [1]. Made up.');
  });

  it('are written one number each', () => {
    expect(keepKnownMarks('Both [2, 9, 3].', known)).toBe('Both [2][3].');
  });
});
