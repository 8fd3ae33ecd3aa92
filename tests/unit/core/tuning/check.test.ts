import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../../src/core/tuning/check/check-problem';
import { ExampleChecker } from '../../../../src/core/tuning/check/example-checker';
import { applyMend } from '../../../../src/core/tuning/check/mend';
import { personalDataIn, redact } from '../../../../src/core/tuning/check/personal-data';
import { levelOf, missingToNext } from '../../../../src/core/tuning/check/set-level';
import { type ExampleMessage, exampleOf, type TuningExample } from '../../../../src/core/tuning/example';
import { splitOf } from '../../../../src/core/tuning/split-examples';

const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length;
const said = (role: string, content: string): ExampleMessage => ({ role, content });
const pair = (question: string, answer: string, more: Partial<TuningExample> = {}): TuningExample => ({
  conversation: [said('user', question)],
  answer: said('assistant', answer),
  ...more,
});

function check(set: readonly TuningExample[], maximumExampleTokens = 1_000) {
  const checker = new ExampleChecker({ countTokens, maximumExampleTokens });
  for (const [index, example] of set.entries()) checker.add({ line: index + 1, example, flaws: [] });
  return checker.finish();
}

/** What is found of single examples, and what of them is left when each was mended with one click. */
function foundIn(example: TuningExample) {
  const own = check([example]).problems.filter(({ line }) => line !== undefined);
  const mended = own.reduce<TuningExample | undefined>((rest, { mend }) => (rest && mend ? applyMend(rest, mend) : rest), example);
  const left = mended ? check([mended]).problems.filter(({ line }) => line !== undefined) : [];
  return { codes: own.map(({ code }) => code), mended, left: left.map(({ code }) => code) };
}

const flawed: readonly [ProblemCode, TuningExample, 'mended' | 'removed' | 'left'][] = [
  ['wrong-role', exampleOf([said('human', 'Where?'), said('gpt', 'Here.')]), 'mended'],
  ['wrong-role', exampleOf([said('user', 'Where?'), said('oracle', 'Hm.'), said('assistant', 'Here.')]), 'left'],
  ['no-user-turn', exampleOf([said('system', 'Be kind.'), said('assistant', 'You are great.')]), 'removed'],
  ['no-assistant-turn', exampleOf([said('user', 'Hello?')]), 'removed'],
  ['last-turn-not-assistant', exampleOf([said('user', 'a'), said('assistant', 'b'), said('user', 'c')]), 'mended'],
  ['empty-turn', exampleOf([said('system', ' '), said('user', 'a'), said('assistant', 'b')]), 'mended'],
  ['empty-turn', pair('What?', '  '), 'removed'],
  ['wrong-weight', { conversation: [said('user', 'a')], answer: { ...said('assistant', 'b'), weight: 0.5 } }, 'mended'],
  ['wrong-weight', { conversation: [{ ...said('user', 'a'), weight: 1 }], answer: said('assistant', 'b') }, 'mended'],
  ['nothing-learned', { conversation: [said('user', 'a')], answer: { ...said('assistant', 'b'), weight: 0 } }, 'mended'],
  ['rejected-same', pair('a', 'b', { rejected: said('assistant', 'b ') }), 'mended'],
  ['repeats-itself', pair('I am hungry.', 'Eat a banana!'.repeat(200)), 'mended'],
  ['placeholder', pair('Where?', 'Go to {{Website Name}}.'), 'left'],
  ['secret-key', pair('What is it?', 'It is sk-abcdefghijklmnopqrstuvwx.'), 'mended'],
  ['email-address', pair('Who?', 'Ask ada.lovelace@engine.co.uk about it.'), 'mended'],
  ['card-number', pair('Pay', 'With 4111 1111 1111 1111.'), 'mended'],
  ['over-long', pair('Why?', Array.from({ length: 1_200 }, (_, index) => `reason${index}`).join(' ')), 'left'],
];

describe('an example', () => {
  it.each(flawed)('has a %s found in it', (code, example, then) => {
    const { codes, mended, left } = foundIn(example);
    expect(codes).toContain(code);
    if (then === 'removed') expect(mended).toBeUndefined();
    if (then === 'mended') expect({ isThere: mended !== undefined, left }).toEqual({ isThere: true, left: [] });
    if (then === 'left') expect(left).toContain(code);
  });

  it('that is sound has nothing found in it', () => {
    expect(foundIn(exampleOf([said('system', 'Be brief.'), said('user', 'Where?'), said('assistant', 'Here.')])).codes).toEqual([]);
  });

  it('has calls with arguments that are no object, or to tools that nobody described, found in it', () => {
    const calling = (written: string, name = 'land'): TuningExample => ({
      conversation: [said('user', 'Land')],
      answer: { ...said('assistant', ''), toolCalls: [{ id: 'a', name, arguments: written }] },
      tools: '[{"type":"function","function":{"name":"land"}}]',
    });
    expect(foundIn(calling('{"where":1}')).codes).toEqual([]);
    expect(foundIn(calling('"{\\"where\\":1}"'))).toMatchObject({ codes: ['tool-arguments'], left: [] });
    expect(foundIn(calling('{"where":'))).toMatchObject({ codes: ['tool-arguments'], mended: undefined });
    expect(foundIn(calling('{}', 'fly')).codes).toEqual(['tool-unknown']);
  });
});

const lens = `The keepers polished the great lens each morning before the sun stood high enough to set fire to the curtains of the watch room below.
  They worked in gloves of chamois leather, for the oil of a thumb would leave a shadow on the sea that a pilot might take for a reef.`;

describe('one click', () => {
  it('takes a weight off a question and leaves those of answers alone', () => {
    const example = exampleOf([
      { ...said('user', 'a'), weight: 1 },
      { ...said('assistant', 'b'), weight: 0 },
      said('user', 'c'),
      { ...said('assistant', 'd'), weight: 1 },
    ]);
    const { codes, mended } = foundIn(example);
    expect(codes).toEqual(['wrong-weight']);
    expect([...(mended?.conversation ?? []), mended?.answer].map((message) => message?.weight)).toEqual([undefined, 0, undefined, 1]);
  });

  it('is not offered for a tool that has nothing to say', () => {
    const calls = { ...said('assistant', ''), toolCalls: [{ name: 'land', arguments: '{}' }] };
    const tools = '[{"type":"function","function":{"name":"land"}}]';
    expect(foundIn({ ...exampleOf([said('user', 'a'), calls, said('tool', ''), said('assistant', 'b')]), tools }).codes).toEqual([]);
  });

  it('takes away a rejected answer with the good one that it stood beside, and not otherwise', () => {
    const rejected = said('assistant', 'Never.');
    const turns = [said('user', 'a'), said('assistant', 'b'), said('user', 'c')];
    const dropped = applyMend({ ...exampleOf([...turns, said('assistant', ' ')]), rejected }, { kind: 'drop-empty-turns' });
    expect(dropped).toEqual({ conversation: turns });
    expect(applyMend({ conversation: turns, rejected }, { kind: 'drop-last-turns' })).toEqual(exampleOf(turns.slice(0, 2)));
    const kept = { ...exampleOf([said('system', ''), said('user', 'a'), said('assistant', 'b')]), rejected };
    expect(applyMend(kept, { kind: 'drop-empty-turns' })?.rejected).toBe(rejected);
  });
});

it('a long run of the signs of a web token costs no more than its length', () => {
  expect(personalDataIn('-eyJ'.repeat(200_000))).toEqual([]);
  expect(personalDataIn(`eyJhbGciOiJIUzI1NiJ9.eyJ${'x'.repeat(3_000)}.${'y'.repeat(40)}`)).toEqual(['secret-key']);
});

describe('a set', () => {
  const codesOf = (set: readonly TuningExample[]) =>
    check(set)
      .problems.filter(({ line }) => line !== undefined)
      .map(({ line, code, otherLine }) => [line, code, otherLine]);

  it('has what is there twice found in it, whatever its case and punctuation', () => {
    expect(codesOf([pair('Where is it?', 'Here.'), pair('Who?', 'Me.'), pair('where is it', 'here')])).toEqual([[3, 'duplicate', 1]]);
  });

  it('has what is nearly the same found in it, and leaves alone what only begins alike', () => {
    const near = lens.replace('great', 'large');
    expect(
      codesOf([pair('What did they do?', lens), pair('What did they do then?', near), pair('Who?', `${lens.slice(0, 60)} and went.`)]),
    ).toEqual([[2, 'near-duplicate', 1]]);
  });

  it('has near-duplicates found in it in scripts without spaces', () => {
    const washi =
      '漉いた紙は一枚ずつ板に張られ、雪の上で乾かされる。戸田さんの工房では冬のあいだだけこの仕事が行われ、春になると板は屋根裏にしまわれる。';
    expect(codesOf([pair('紙はどう作る', washi), pair('紙はどう作るか', washi.replace('屋根裏', '物置'))])).toEqual([
      [2, 'near-duplicate', 1],
    ]);
  });

  it('has one question with two answers found in it', () => {
    expect(codesOf([pair('When does it open?', 'At nine.'), pair('When does it open', 'Never.')])).toEqual([[2, 'contradiction', 1]]);
  });

  it('leaves to the person which of two answers is right', () => {
    expect(check([pair('When?', 'At nine.'), pair('When?', 'Never.')]).problems.find(({ code }) => code === 'contradiction')?.mend).toBe(
      undefined,
    );
  });

  it('may have one long system prompt, in front of whatever question', () => {
    const rules = Array.from({ length: 2_500 }, (_, index) => `rule${index}`).join(' ');
    const kanji = String.fromCharCode(...Array.from({ length: 2_500 }, (_, index) => 0x4e00 + index));
    for (const prompt of [rules, kanji]) {
      const set = Array.from({ length: 20 }, (_, index) =>
        pair('', '', {
          conversation: [said('system', prompt), said('user', `What of ${index}?`)],
          answer: said('assistant', `It is ${index}.`),
        }),
      );
      expect(codesOf(set).filter(([, code]) => code !== 'over-long')).toEqual([]);
    }
  });

  it('may have one question about different passages', () => {
    const about = (text: string, answer: string) => pair('What is said here?', answer, { passages: [{ title: 'Page', text }] });
    expect(codesOf([about('Lamps burn oil.', 'That lamps burn oil.'), about('Trams run on rails.', 'That trams do.')])).toEqual([]);
  });

  it('may have what was disliked beside what is said instead, and trains only on that', () => {
    const disliked = (question: string, words: string): TuningExample => ({
      conversation: [said('system', 'Be brief.'), said('user', 'Hello'), said('assistant', 'Hi.'), said('user', question)],
      rejected: said('assistant', words),
    });
    const { rejected: _, ...liked } = { ...disliked('When?', ''), answer: said('assistant', `${lens} At nine.`) };
    const set = [disliked('When?', lens), liked, disliked('How?', 'By boat.')];
    expect(codesOf(set)).toEqual([]);
    const result = check(set);
    expect([result.examples, result.trainedExampleTokens.length]).toEqual([3, 1]);
  });

  it('stands on a level by what is trained of it: not by what is kept apart or was only disliked', () => {
    const bare = many(9);
    const { answer: _, ...disliked } = pair('Bad?', '', { rejected: said('assistant', 'No.') });
    const result = check([...bare, pair('Apart?', 'Yes.', { split: 'validation' }), disliked]);
    expect([result.examples, result.validation, result.level, result.trainedExampleTokens.length]).toEqual([11, 1, 'too-few', 9]);
  });

  it('has what is on both sides of its split found in it', () => {
    expect(codesOf([pair('Who?', 'Me.'), pair('Who?', 'Me.', { split: 'validation' })])).toEqual([[2, 'in-both-splits', 1]]);
  });

  const many = (count: number, change: (index: number) => Partial<TuningExample> = () => ({})) =>
    Array.from({ length: count }, (_, index) => pair(`Question ${index}`, `Answer ${index}`, change(index)));
  const aboutAll = (set: readonly TuningExample[]) =>
    check(set)
      .problems.filter(({ line }) => line === undefined)
      .map(({ code, detail }) => [code, detail]);

  it('that is too small is said to be', () => {
    expect(aboutAll(many(9))).toContainEqual(['too-few', '9']);
    expect(aboutAll(many(10)).map(([code]) => code)).not.toContain('too-few');
  });

  it('has imbalance found in it by tags and by answers', () => {
    const tagged = many(40, (index) => ({ tags: [index < 30 ? 'refund' : `other ${index % 2}`] }));
    expect(aboutAll(tagged)).toContainEqual(['imbalance', 'refund: 75 %']);
    const answered = many(40, (index) => (index < 10 ? { answer: said('assistant', 'Please call us.') } : {}));
    expect(aboutAll(answered)).toContainEqual(['imbalance', 'please call us.: 25 %']);
  });

  it('without a word of not knowing is told so, and one with it is not', () => {
    expect(aboutAll(many(10)).map(([code]) => code)).toContain('no-denials');
    expect(aboutAll([...many(10), pair('Will it rain?', 'I don’t know. Ask the weather service.')]).map(([code]) => code)).not.toContain(
      'no-denials',
    );
  });

  it('with system prompts in part of it is told so', () => {
    const withPrompt = exampleOf([said('system', 'Be brief.'), said('user', 'Q'), said('assistant', 'A')]);
    expect(aboutAll([...many(9), withPrompt])).toContainEqual(['mixed-system-prompts', '9/10']);
  });

  it('tells how its lengths are spread', () => {
    const { tokensPerExample, tokensPerTurn } = check([pair('one two', 'one'), pair('one', 'word '.repeat(100))]);
    expect(tokensPerExample).toEqual([
      { from: 8, to: 15, count: 1 },
      { from: 16, to: 31, count: 0 },
      { from: 32, to: 63, count: 0 },
      { from: 64, to: 127, count: 1 },
    ]);
    expect(tokensPerTurn.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  });

  it('stands on a level that its number gives it', () => {
    expect([0, 9, 10, 49, 50, 100, 499, 500, 1_000, 1_001].map(levelOf)).toEqual(
      'too-few too-few minimum minimum nominal nominal nominal expert expert master'.split(' '),
    );
    expect([4, 30, 2_000].map(missingToNext)).toEqual([6, 20, undefined]);
  });

  it('is split the same way by the same seed, with one question on one side', () => {
    const set = many(2_000);
    const sides = (seed: number) => set.map((example) => splitOf(example, seed, 0.2));
    expect(sides(7)).toEqual(sides(7));
    expect(sides(7)).not.toEqual(sides(8));
    const share = sides(7).filter((side) => side === 'validation').length / set.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(0.04);
    expect(splitOf(pair('Same?', 'Yes.'), 3, 0.5)).toBe(splitOf(pair('Same?', 'No.'), 3, 0.5));
  });
});

describe('what nobody should send away', () => {
  it('is told from what only looks like it', () => {
    expect(personalDataIn('Order 4111 1111 1111 1112, 0000000000000000, 1234567890123')).toEqual([]);
    expect(personalDataIn('Write to you@example.com, a@b or sk-short')).toEqual([]);
    expect(personalDataIn('AKIAIOSFODNN7EXAMPLE ghp_abcdefghijklmnopqrstuvwx 5500-0000-0000-0004 x@y.org')).toEqual([
      'secret-key',
      'email-address',
      'card-number',
    ]);
  });

  it('is replaced by words for it', () => {
    expect(redact('Call 4111111111111111 or 4111111111111112', 'card-number')).toBe('Call [card number] or 4111111111111112');
    expect(redact('Mail me@home.de, not you@example.com', 'email-address')).toBe('Mail [e-mail address], not you@example.com');
  });
});
