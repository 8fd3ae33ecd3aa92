import { expect, it } from 'vitest';
import { suggestQuestions } from '../../../../src/core/prompt/suggest-questions';

const page = `# The lamps of Cordouan

Text.

## Contents

## 1. Who built the tower?

### 2.1 The fog signals of 1906

## The *first-order* lens [of Fresnel](https://lamps.example)

\`\`\`
## Not a heading of the page
\`\`\`

## Oil

## References

## Similar threads

## The fog signals of 1906

## ${'A very long heading '.repeat(10)}

## どのように点灯しましたか？
`;

it('are the questions that a page puts itself, then what its parts are about', () => {
  expect(suggestQuestions(page, 9)).toEqual([
    { kind: 'asked', text: 'Who built the tower?' },
    { kind: 'asked', text: 'どのように点灯しましたか？' },
    { kind: 'about', text: 'The fog signals of 1906' },
    { kind: 'about', text: 'The first-order lens of Fresnel' },
  ]);
});

it('are few', () => {
  expect(suggestQuestions(page)).toHaveLength(3);
});

it('are none for a page without parts', () => {
  expect(suggestQuestions('Just a paragraph.')).toEqual([]);
});
