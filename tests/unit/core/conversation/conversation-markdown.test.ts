import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AnswerMessage, Conversation, QuestionMessage, Source } from '../../../../src/core/conversation/conversation';
import { conversationMarkdown, type RecordWords } from '../../../../src/core/conversation/conversation-markdown';
import { inertMarkdown, plainToMarkdown } from '../../../../src/core/text/inert-markdown';

const words: RecordWords = {
  nothingFound: 'Nothing was found.',
  cutOff: 'The answer ends here.',
  details: ({ site }) => [site, 'p. 3', '8 October 2023'],
};
const conversation = { id: 'c', title: 'When? #1 [x]', createdAt: Date.UTC(2026, 0, 2), updatedAt: 1 } as Conversation;
const question = (text: string) => ({ id: text, role: 'question', text }) as unknown as QuestionMessage;

function source(number: number, place: number, change: Partial<Source> = {}): Source {
  return {
    number,
    pageId: 'p',
    version: 1,
    start: place,
    end: place + 10,
    title: 'A *stair* for [light]',
    site: 'The Long Shore',
    url: 'https://shore.example/light?a=<b>',
    liveUrl: 'https://shore.example/light#:~:text=lit%20in',
    quotation: 'Lit in 1823,\nsays `he` ![x](y).',
    ...change,
  } as Source;
}

function answer(text: string, sources: readonly Source[] = [], change: Partial<AnswerMessage> = {}): AnswerMessage {
  return {
    id: text,
    role: 'answer',
    kind: 'written',
    status: 'complete',
    text,
    sources,
    usage: { model: 'lantern-2' },
    ...change,
  } as unknown as AnswerMessage;
}

describe('A conversation as a Markdown file', () => {
  it('has properties, questions as headings, and marks that lead to footnotes with quotation, page, place, date and address', () => {
    const pairs = [
      { question: question('When was it lit?'), answer: answer('In 1823 [2]. Twice [1, 2]. Never [9].', [source(1, 50), source(2, 10)]) },
      { question: question('And then?'), answer: answer('Again [1].', [source(1, 10)]) },
    ];
    const file = conversationMarkdown(conversation, pairs, words);
    const [, yaml = '', text = ''] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(file) ?? [];
    expect(parse(yaml)).toEqual({ title: 'When? #1 [x]', asked: '2026-01-02T00:00:00.000Z', models: ['lantern-2'] });
    expect(text.split('\n\n')).toEqual([
      '# When? \\#1 \\[x\\]',
      '## When was it lit?',
      'In 1823 [^1]. Twice [^2][^1]. Never.',
      '## And then?',
      'Again [^1].',
      '[^1]: “Lit in 1823, says \\`he\\` \\!\\[x\\](y).” — [A \\*stair\\* for \\[light\\]](<https://shore.example/light#:~:text=lit%20in>), The Long Shore, p. 3, 8 October 2023, <https://shore.example/light?a=%3Cb%3E>',
      expect.stringMatching(/^\[\^2\]: “Lit/),
    ]);
  });

  it('quotes the passages where they are the answer, and says where nothing was found or an answer was cut off', () => {
    const pairs = [
      { question: question('One\ntwo'), answer: answer('', [source(1, 1)], { kind: 'quoted' }) },
      { question: question('Q'), answer: answer('', [], { kind: 'nothing-found' }) },
      { question: question('R'), answer: answer('Half of', [], { status: 'failed' }) },
      { question: question('S') },
    ];
    const blocks = conversationMarkdown(conversation, pairs, words).split('\n\n').slice(2, -1);
    expect(blocks).toEqual([
      '## One',
      '> One\n> two',
      '> Lit in 1823,\n> says \\`he\\` \\!\\[x\\](y). [^1]',
      '## Q',
      '*Nothing was found.*',
      '## R',
      'Half of',
      '*The answer ends here.*',
      '## S',
      '*The answer ends here.*',
    ]);
  });

  it('links to no address but those of the web', () => {
    const file = conversationMarkdown(
      conversation,
      [{ question: question('Q'), answer: answer('So [1].', [source(1, 1, { url: 'file-sha256:ab', liveUrl: 'javascript:alert(1)' })]) }],
      words,
    );
    expect(file).not.toContain('](<');
    expect(file).not.toContain('javascript:');
    expect(file).toContain('file-sha256:ab');
  });
});

describe('What a model wrote', () => {
  it('keeps its code as it is', () => {
    const code = '```html\n<img src="x"> ![a](b) [[c]]\n```\nText with `code`.\n~~~\n<b>\n~~~';
    expect(inertMarkdown(code)).toBe(code);
  });

  it.each([
    '![x](https://evil.example/a.png)',
    '<img src="https://evil.example/a.png">',
    'a ``` b\n\n<img src="https://evil.example/a.png">',
    '``` a ` b\n<img src="https://evil.example/a.png">',
    'a ` b\n` <img src="https://evil.example/a.png"> `',
    '# a ` b\n<img src="https://evil.example/a.png"> ` c',
  ])('loads nothing when it is opened: %j', (text) => {
    expect(marked.parse(text)).toContain('<img');
    expect(marked.parse(inertMarkdown(text))).not.toContain('<img');
  });

  it('makes no element but by Markdown, whatever it is', () => {
    const piece = fc.constantFrom(
      '`',
      '``',
      '```',
      '~~~',
      '\n',
      '\n\n',
      ' ',
      '    ',
      '- ',
      '> ',
      '# ',
      '\\',
      '![',
      '](u)',
      '<img src=u>',
      '<!--',
      '-->',
      'a',
      '|',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(marked.parse(inertMarkdown(pieces.join('')))).not.toMatch(/<img|<!--/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('runs nothing: neither in fences, nor in lines of code, nor as templates; and forges no footnote', () => {
    const text = inertMarkdown('```dataviewjs\nx\n```\n- ~~~ query\n`= this.x` `$= dv.x` <% x %> [^1]: no ![[note]]');
    for (const active of ['```dataviewjs', '~~~ query', '`=', '`$=', '<%', '[^1]', '![[', '[[']) expect(text).not.toContain(active);
  });
});

it('Text as Markdown reads as it was', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text
        .replace(/[^ -~]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
      const html = marked.parseInline(plainToMarkdown(plain), { gfm: false }) as string;
      const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };
      expect(html.replace(/&(lt|gt|amp|quot|#39);/g, (entity) => entities[entity] ?? '')).toBe(plain);
    }),
  );
});
