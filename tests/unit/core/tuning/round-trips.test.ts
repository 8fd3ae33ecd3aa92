import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExampleMessage, exampleOf, type TuningExample } from '../../../../src/core/tuning/example';
import { type FormName, formNames } from '../../../../src/core/tuning/forms/form';
import { looksLikeTable, readExamples } from '../../../../src/core/tuning/forms/read-examples';
import { ExampleWriter, heldBy } from '../../../../src/core/tuning/forms/write-examples';
import { all, inPieces } from './text-in-pieces';

/** What separates and quotes in one form or another, among other signs. */
const hostile = fc.constantFrom(
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '\\',
  '\\n',
  '### User:\n',
  '\n\n### End',
  '\\### ',
  '{',
  '}]',
  ' ',
  '日本',
  '🙂',
  '|',
  '=',
  '-',
  '@',
  "'",
);
const words = fc.array(fc.oneof(hostile, fc.string({ maxLength: 8 })), { maxLength: 6 }).map((parts) => parts.join(''));
const turn = (role: string) => words.map((content): ExampleMessage => ({ role, content }));
const call = fc.record({ name: fc.constantFrom('land', 'take_off'), arguments: fc.json() });
const calling = fc
  .array(call, { minLength: 1, maxLength: 3 })
  .map((toolCalls): ExampleMessage => ({ role: 'assistant', content: '', toolCalls }));
const weighted = fc
  .record({ content: words, weight: fc.constantFrom(0, 1) })
  .map((said): ExampleMessage => ({ role: 'assistant', ...said }));

const dialogue = fc
  .tuple(fc.option(turn('system')), fc.array(fc.tuple(turn('user'), turn('assistant')), { maxLength: 3 }), turn('user'))
  .map(([system, turns, question]) => [...(system ? [system] : []), ...turns.flat(), question]);
const anything = fc.array(fc.oneof(turn('user'), turn('assistant'), turn('system'), turn('tool'), calling, weighted), {
  minLength: 1,
  maxLength: 6,
});
const passages = fc.array(fc.record({ title: words, text: words }), { minLength: 1, maxLength: 2 });

const answered = fc
  .record({
    conversation: dialogue,
    answer: turn('assistant'),
    rejected: fc.option(turn('assistant')),
    passages: fc.option(passages),
    isTagged: fc.boolean(),
  })
  .map(
    ({ conversation, answer, rejected, passages: given, isTagged }): TuningExample => ({
      conversation,
      answer,
      ...(rejected ? { rejected } : {}),
      ...(given ? { passages: given } : {}),
      ...(isTagged ? { tags: ['Refund', 'a b'], split: 'validation' } : {}),
    }),
  );
const loose = fc.record({ messages: anything, hasTools: fc.boolean() }).map(
  ({ messages, hasTools }): TuningExample => ({
    ...exampleOf(messages),
    ...(hasTools ? { tools: '[{"type":"function","function":{"name":"land"}}]', parallelToolCalls: false } : {}),
  }),
);
const sets = fc.array(fc.oneof(answered, answered, loose), { maxLength: 6 });

function written(
  form: FormName,
  set: readonly TuningExample[],
  ...options: DropFirst<ConstructorParameters<typeof ExampleWriter>>
): string {
  const writer = new ExampleWriter(form, ...options);
  return [writer.begin(), ...set.map((example) => writer.write(example)), writer.end()].join('');
}

type DropFirst<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;

function fileOf(form: FormName, set: readonly TuningExample[], delimiter = ',') {
  const count = { written: 0, leftOut: 0 };
  return { text: written(form, set, count, { delimiter }), count };
}

describe('a file that is exported and imported again is the same set', () => {
  for (const form of formNames) {
    it(`as ${form}`, async () => {
      await fc.assert(
        fc.asyncProperty(sets, fc.integer({ min: 1, max: 60 }), async (set, pieceLength) => {
          const held = set.flatMap((example) => heldBy(form, example) ?? []);
          const { text, count } = fileOf(form, set);
          const read = await all(readExamples(inPieces(text, pieceLength), { isTable: form === 'table' }));
          expect(read.map(({ example }) => example)).toEqual(held);
          expect(read.flatMap(({ flaws }) => flaws)).toEqual([]);
          expect(count).toEqual({ written: held.length, leftOut: set.length - held.length });
        }),
        { numRuns: 60 },
      );
    });

    it(`as ${form}, nothing of a question and its answer is lost`, async () => {
      await fc.assert(
        fc.asyncProperty(dialogue, words, async (conversation, said) => {
          const system = conversation.filter(({ role, content }) => role !== 'system' || content !== '');
          const example: TuningExample = {
            conversation: system,
            answer: { role: 'assistant', content: said },
            rejected: { role: 'assistant', content: `not ${said}` },
          };
          const [read] = await all(readExamples(inPieces(fileOf(form, [example]).text), { isTable: form === 'table' }));
          const holdsRejected = form !== 'openai-chat' && form !== 'completions';
          const { rejected: _, ...kept } = example;
          expect(read?.example).toEqual(holdsRejected ? example : kept);
        }),
        { numRuns: 40 },
      );
    });
  }

  it.each(formNames)('as %s, without what was only disliked', (form) => {
    const disliked = { conversation: [{ role: 'user', content: 'Why?' }], rejected: { role: 'assistant', content: 'No.' } };
    expect(fileOf(form, [disliked]).count).toEqual({ written: 0, leftOut: 1 });
  });

  it.each(formNames)('as %s, without tools that are no descriptions of any', (form) => {
    const example = { conversation: [{ role: 'user', content: 'Why?' }], answer: { role: 'assistant', content: 'So.' }, tools: '[no JSON' };
    expect(fileOf(form, [{ ...example, rejected: { role: 'assistant', content: 'No.' } }]).text).not.toContain('no JSON');
  });

  it('as a table in which nothing is taken for a formula', async () => {
    const said = ['=HYPERLINK("x")', '+1', '-1', '@a', '\tb', '\rc', "'=1", "'tis", '1=1'];
    const set = said.map((content) => ({ conversation: [{ role: 'user', content }], answer: { role: 'assistant', content } }));
    const { text } = fileOf('table', set);
    expect(
      text
        .split('\n')
        .slice(1, -1)
        .map((line) => line.slice(1, 3)),
    ).toEqual(["'=", "'+", "'-", "'@", "'\t", "'\r", "''", "'t", '1=']);
    expect((await all(readExamples(inPieces(text), { isTable: true }))).map(({ example }) => example)).toEqual(set);
  });

  it('as a table with any delimiter, which is found out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answered, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ';', '\t', '|', '^'),
        async (set, delimiter) => {
          const held = set.flatMap((example) => heldBy('table', example) ?? []);
          const { text } = fileOf('table', set, delimiter);
          expect(looksLikeTable(text)).toBe(true);
          const read = await all(readExamples(inPieces(text), { isTable: true }));
          expect(read.map(({ example }) => example)).toEqual(held);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('as prompts and completions with a running summary, which is read back with the turns that were kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answered, { maxLength: 4 }), fc.integer({ min: 0, max: 30 }), async (set, summaryBeyondTokens) => {
        const held = set.flatMap((example) => heldBy('completions', example, { summaryBeyondTokens }) ?? []);
        const text = written('completions', set, { written: 0, leftOut: 0 }, { summaryBeyondTokens });
        expect((await all(readExamples(inPieces(text), { isTable: false }))).map(({ example }) => example)).toEqual(held);
      }),
      { numRuns: 40 },
    );
  });

  it('without its system prompt if that is not wanted', async () => {
    const set: TuningExample[] = [
      {
        conversation: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Why?' },
        ],
        answer: { role: 'assistant', content: 'So.' },
      },
    ];
    const count = { written: 0, leftOut: 0 };
    const text = written('openai-chat', set, count, { withoutSystemPrompt: true });
    expect(text).toBe('{"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"So."}]}\n');
  });
});
