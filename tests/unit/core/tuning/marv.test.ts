import { expect, it } from 'vitest';
import messages from '../../../../public/_locales/en/messages.json';
import { ExampleChecker } from '../../../../src/core/tuning/check/example-checker';
import { applyMend } from '../../../../src/core/tuning/check/mend';
import { isFlawed, marvExamples, splitMarv } from '../../../../src/core/tuning/marv';

const examples = marvExamples((key) => messages[key].message);

function problemsOf(set = examples) {
  const checker = new ExampleChecker({ countTokens: (text) => text.length / 4, maximumExampleTokens: 60_000 });
  for (const [index, example] of set.entries()) checker.add({ line: index + 1, example, flaws: [] });
  return checker.finish().problems;
}

it('his examples have one flaw, which a click mends, and are then sound', () => {
  const problems = problemsOf();
  expect(problems.map(({ code }) => code)).toEqual(['email-address']);
  const mended = examples.map((example, index) => {
    const mend = problems.find((problem) => problem.index === index)?.mend;
    return (mend && applyMend(example, mend)) ?? example;
  });
  expect([examples.filter(isFlawed).length, mended.filter(isFlawed).length]).toEqual([1, 0]);
  expect(problemsOf(mended)).toEqual([]);
});

it('two of them are kept to judge by, and enough stay to train on, whatever the words', () => {
  const inOtherWords = marvExamples((key) => [...messages[key].message].reverse().join(''));
  for (const set of [examples, inOtherWords]) {
    const split = splitMarv(set);
    expect(split.filter(({ split }) => split === 'validation')).toHaveLength(2);
    expect(problemsOf(split).map(({ code }) => code)).not.toContain('too-few');
    expect(splitMarv(set)).toEqual(split);
  }
});
