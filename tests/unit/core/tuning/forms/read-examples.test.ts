import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { questionOf } from '../../../../../src/core/tuning/example';
import { looksLikeTable, readExamples } from '../../../../../src/core/tuning/forms/read-examples';
import { type ColumnMapping, guessMapping } from '../../../../../src/core/tuning/forms/table';
import { tuningExampleSchema } from '../../../../../src/protocol/example-schema';
import { all, inPieces } from '../text-in-pieces';

const read = (text: string, mapping?: ColumnMapping) =>
  all(readExamples(inPieces(text, 50), { isTable: looksLikeTable(text), ...(mapping ? { mapping } : {}) }));
const line = (question: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: 'Yes.' },
    ],
  });

describe('a file of examples', () => {
  it('is imported but for its bad line, which is named by its number', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => line(`Question ${index}`));
    lines[70_000] = '{"messages": [{"role": "user", "content": "cut o';
    async function* pieces() {
      for (let from = 0; from < lines.length; from += 1_000) yield `${lines.slice(from, from + 1_000).join('\n')}\n`;
    }
    let count = 0;
    const flawed: unknown[] = [];
    for await (const item of readExamples(pieces(), { isTable: false })) {
      if (item.example) count += 1;
      else flawed.push({ line: item.line, code: item.flaws[0]?.code });
    }
    expect(count).toBe(99_999);
    expect(flawed).toEqual([{ line: 70_001, code: 'bad-json' }]);
  });

  it('may begin with its bad line, and with a byte-order mark', async () => {
    const items = await read(`\uFEFF{"messages": [oops\n\n${line('One')}\r\n${line('Two')}`);
    expect(items.map((item) => [item.line, item.example && questionOf(item.example)])).toEqual([
      [1, undefined],
      [3, 'One'],
      [4, 'Two'],
    ]);
  });

  it('may be a list, laid out to be read, whose items are told by their lines', async () => {
    const list = [
      { instruction: 'Add', input: '1 and 2', output: '3' },
      { instruction: 'Say "hi [', output: 'hi }' },
    ];
    const items = await read(JSON.stringify(list, undefined, 2));
    expect(items.map((item) => [item.line, item.form, item.example && questionOf(item.example), item.example?.answer?.content])).toEqual([
      [2, 'alpaca', 'Add\n1 and 2', '3'],
      [7, 'alpaca', 'Say "hi [', 'hi }'],
    ]);
  });

  const item = (question: string) => ({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: 'Yes.' },
    ],
  });
  const three = ['One', 'Two', 'Three'].map(item);
  const layouts = {
    'an object a line': `[\n${three.map((one) => JSON.stringify(one)).join(',\n')}\n]`,
    'an object a line from the first on': `[${three.map((one) => JSON.stringify(one)).join(',\n ')}]`,
    'laid out to be read': JSON.stringify(three, undefined, 2),
    'laid out without indentation': JSON.stringify(three, undefined, 1).replace(/^ +/gm, ''),
  };
  const damages: Record<string, (text: string) => string> = {
    'a string that is never closed': (text) => text.replace('Two"', 'Two'),
    'an object that is never closed': (text) => text.replace(/(Two[^\]]*)\](\s*)\}/, '$1]$2'),
    'a list that is never closed': (text) => text.replace(/(Two[^\]]*)\]/, '$1'),
    'neither closed': (text) => text.replace(/(Two[^\]]*?)\}\s*\]\s*\}/, '$1'),
    'one bracket too many': (text) => text.replace(/(Two[^}]*\})/, '$1}'),
  };
  for (const [layout, text] of Object.entries(layouts)) {
    it.each(Object.keys(damages))(`is read on behind %s in a list with ${layout}`, async (damage) => {
      const broken = damages[damage]?.(text) ?? '';
      expect(broken).not.toBe(text);
      for (const length of [1, 7, 1_000]) {
        const items = await all(readExamples(inPieces(broken, length), { isTable: false }));
        const questions = items.flatMap(({ example }) => (example ? [questionOf(example)] : []));
        expect(questions.filter((question) => question !== 'Two')).toEqual(['One', 'Three']);
        expect(items.some(({ flaws }) => flaws.length > 0)).toBe(true);
      }
    });
  }

  it('says what it could not read of a list that is all in one line', async () => {
    const items = await read(JSON.stringify(three).replace('Two"', 'Two'));
    expect(items.map(({ line: at, example, flaws }) => [at, example && questionOf(example), flaws])).toEqual([
      [1, 'One', []],
      [1, undefined, [{ code: 'rest-unread', detail: '1' }]],
    ]);
  });

  it('has what a trainer would refuse named, and left out', async () => {
    const [item] = await read(
      '{"messages":[{"role":"user","content":"a","mood":"sad"},{"role":"assistant","content":[{"type":"text","text":"b"}]}],"topic":1}',
    );
    expect(item?.flaws).toEqual([
      { code: 'unknown-key', detail: 'topic' },
      { code: 'unknown-key', detail: 'messages[0].mood' },
    ]);
    expect(item?.example).toEqual({ conversation: [{ role: 'user', content: 'a' }], answer: { role: 'assistant', content: 'b' } });
  });

  it('never holds a line that no trainer could take', async () => {
    async function* endless() {
      yield `${line('One')}\n{"messages": "`;
      for (let piece = 0; piece < 50; piece++) yield 'x'.repeat(100_000);
      yield `"}\n${line('Three')}\n`;
    }
    const items = await all(readExamples(endless(), { isTable: false }));
    expect(items.map((item) => [item.line, item.flaws[0]?.code])).toEqual([
      [1, undefined],
      [2, 'line-too-long'],
      [3, undefined],
    ]);
  });

  it('of prompts and completions as other programs write them loses their separators only', async () => {
    const items = await read(
      '{"prompt": "Where is it?\\n\\n###\\n\\n", "completion": " At the harbour. END"}\n{"prompt": "Summary: none\\n\\nCustomer: Hello\\nAgent:", "completion": " Hi.\\n"}',
    );
    expect(items.map(({ example }) => [example?.conversation[0]?.content, example?.answer?.content])).toEqual([
      ['Where is it?', 'At the harbour.'],
      ['Summary: none\n\nCustomer: Hello', 'Hi.\n'],
    ]);
  });

  it('of ShareGPT may call tools', async () => {
    const [item] = await read(
      JSON.stringify([
        {
          conversations: [
            { from: 'human', value: 'Land.' },
            { from: 'function_call', value: '{"name": "land", "arguments": {"where": "here"}}' },
            { from: 'observation', value: 'ok' },
            { from: 'gpt', value: 'Done.' },
          ],
        },
      ]),
    );
    expect(item?.example?.conversation.map(({ role, toolCalls }) => [role, toolCalls?.[0]?.arguments])).toEqual([
      ['user', undefined],
      ['assistant', '{"where":"here"}'],
      ['tool', undefined],
    ]);
  });
});

describe('what a file has wrong', () => {
  const chat = (besides: object, answer: object = {}) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: 'Land.' },
        { role: 'assistant', content: 'Yes.', ...answer },
      ],
      ...besides,
    });

  it('in a weight is a number that can be stored, and is named', async () => {
    const [item] = await read(chat({}, { weight: 'high' }));
    expect(item?.example?.answer?.weight).toBe(-1);
    expect(item?.flaws).toEqual([{ code: 'wrong-type', detail: 'messages[1].weight' }]);
  });

  it('in too many tags is cut to what is stored', async () => {
    const [item] = await read(`question,answer,tags\nOne,1,"${'x'.repeat(5_000)},${Array.from({ length: 200 }, (_, at) => at).join()}"\n`);
    expect(v.is(tuningExampleSchema, item?.example)).toBe(true);
    expect(item?.example?.tags).toHaveLength(100);
  });

  it('in descriptions of tools is left out and named, and older ones are described as they are now', async () => {
    const land = { name: 'land', parameters: {} };
    const wrapped = JSON.stringify([{ type: 'function', function: land }]);
    const turns = [
      { from: 'human', value: 'Land.' },
      { from: 'gpt', value: 'Yes.' },
    ];
    const items = await read(
      [
        chat({ functions: [land] }),
        chat({ tools: 'no JSON' }),
        chat({ tools: ['land'] }),
        chat({ tools: JSON.parse(wrapped) }),
        JSON.stringify({ conversations: turns, tools: '[no JSON' }),
        JSON.stringify({ conversations: turns, tools: JSON.stringify([land]) }),
        JSON.stringify({ conversations: turns, tools: '' }),
      ].join('\n'),
    );
    const wrong = [{ code: 'wrong-type', detail: 'tools' }];
    expect(items.map(({ example, flaws }) => [example?.tools, flaws])).toEqual([
      [wrapped, []],
      [undefined, wrong],
      [undefined, wrong],
      [wrapped, []],
      [undefined, wrong],
      [wrapped, []],
      [undefined, []],
    ]);
  });
});

describe('a table of examples', () => {
  it('may have cells of several lines, and tells in which line each row begins', async () => {
    const items = await read('prompt,completion\n"How\ndo I ""pay""?","By card,\nor cash"\nWhen?,Now\n');
    expect(items.map((item) => [item.line, item.example?.conversation[0]?.content, item.example?.answer?.content])).toEqual([
      [2, 'How\ndo I "pay"?', 'By card,\nor cash'],
      [5, 'When?', 'Now'],
    ]);
  });

  it('is read by its first two columns that are nothing else when no name says what they are', async () => {
    const items = await read('Tags;Frage;Antwort\nrot;Wo?;Hier.\n');
    expect(items.map(({ example }) => [example?.tags, example?.conversation[0]?.content, example?.answer?.content])).toEqual([
      [['rot'], 'Wo?', 'Hier.'],
    ]);
    expect([guessMapping(['Frage', 'Antwort']), guessMapping(['Frage']), guessMapping(['answer', 'x'])]).toEqual([
      { question: 0, answer: 1 },
      { question: 0 },
      { answer: 0 },
    ]);
  });

  it('is read by the columns that the person names', async () => {
    const [item] = await read('a;b;c\nred;Which colour?;It is red.\n', { question: 1, answer: 2, tags: 0 });
    expect(item?.example).toEqual({
      conversation: [{ role: 'user', content: 'Which colour?' }],
      answer: { role: 'assistant', content: 'It is red.' },
      tags: ['red'],
    });
  });

  it('may have marks of speech at the beginning of its cells, of which each costs its own line', async () => {
    const spoken = (at: number) => `"To be" or not to be, he said for the ${at}th time,that is the question`;
    const rows = Array.from({ length: 60_000 }, (_, at) => (at % 100 === 0 ? `Plain ${at},"Yes, ""it"" is"` : spoken(at)));
    const items = await read(`question,answer\n${rows.join('\n')}\n`);
    expect(items).toHaveLength(60_000);
    expect(items.filter(({ flaws }) => flaws[0]?.code === 'malformed-row')).toHaveLength(59_400);
    expect(items[100]).toMatchObject({ line: 102, example: { answer: { content: 'Yes, "it" is' } } });
  });

  it('gives up one line for a mark that is not closed within what is held, and reads on', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `Question ${at} ${'and so on '.repeat(10)},1`);
    rows[3] = 'Lost,"1';
    let [count, lost] = [0, 0];
    for await (const { example, line: at } of readExamples(inPieces(`question,answer\n${rows.join('\n')}`, 65_536), { isTable: true })) {
      if (example) count += 1;
      else lost = at;
    }
    expect([count, lost]).toEqual([49_999, 5]);
  });

  it('passes over a line that is longer than anything that is held', async () => {
    const text = `question,answer\nOne,1\n${'x'.repeat(9_000_000)}\nTwo,2\n`;
    const items = await all(readExamples(inPieces(text, 65_536), { isTable: true }));
    expect(items.map((item) => [item.line, item.flaws[0]?.code, item.example?.answer?.content])).toEqual([
      [2, undefined, '1'],
      [3, 'malformed-row', undefined],
      [4, undefined, '2'],
    ]);
  });

  it('gives up one line for a quotation mark that is never closed', async () => {
    const items = await read('question,answer\nOne,1\nTwo,"2\nThree,3\nFour,4\n');
    expect(items.map((item) => [item.line, item.flaws[0]?.code, item.example?.answer?.content])).toEqual([
      [2, undefined, '1'],
      [3, 'malformed-row', undefined],
      [4, undefined, '3'],
      [5, undefined, '4'],
    ]);
  });
});
