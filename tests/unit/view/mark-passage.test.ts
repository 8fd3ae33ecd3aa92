import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlBlocks } from '../../support/html-blocks';

/** What a reader sees of rendered blocks, and which part of it is marked. */
function shown(html: string) {
  const withoutTags = (part: string) => part.replace(/<(?!\/?mark>)[^>]*>/g, ' ');
  const text = withoutTags(html);
  const marked = [...text.matchAll(/<mark>(.*?)<\/mark>/gs)].map((match) => match[1]).join(' ');
  return { text: collapse(text.replace(/<\/?mark>/g, '')), marked: collapse(marked) };
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function markWords(text: string, from: string, to: string): string {
  const passage = { start: text.indexOf(from), end: text.indexOf(to) + to.length };
  return shown(htmlBlocks(text, { passage }).join(' ')).marked;
}

describe('Marking a passage', () => {
  it('marks a sentence in the middle of a paragraph and nothing else', () => {
    expect(markWords('One here. Two there. Three.', 'Two', 'there.')).toBe('Two there.');
  });

  it('cuts emphasis in which the passage begins', () => {
    expect(htmlBlocks('**one two** three', { passage: { start: 6, end: 17 } })).toEqual([
      '<p><strong>one <mark>two</mark></strong><mark> three</mark></p>\n',
    ]);
  });

  it('spans list items, nested ones too', () => {
    const text = '1. alpha beta\n2. gamma\n   delta\n   - epsilon **zeta**\n3. eta';
    expect(markWords(text, 'beta', 'zeta')).toBe('beta gamma delta epsilon zeta');
  });

  it('spans the rows of a table', () => {
    const text = '| Head one | Head two |\n| --- | --- |\n| alpha | beta |\n| gamma | delta |\n| epsilon | zeta |';
    expect(markWords(text, 'beta', 'delta')).toBe('beta gamma delta');
  });

  it('marks lines of a code block, even when its language is one of its words', () => {
    const text = 'Before.\n\n```sh\nsh one\n  sh <two>\nsh three\n```\n\nAfter.';
    const passage = { start: text.indexOf('  sh <two>'), end: text.indexOf('sh three') };
    expect(htmlBlocks(text, { passage })[1]).toContain('sh one\n<mark>  sh &lt;two&gt;\n</mark>sh three');
  });

  it('marks quoted lines', () => {
    expect(markWords('> alpha beta\n> gamma\n>\n> > delta\n\nepsilon', 'beta', 'delta')).toBe('beta gamma delta');
  });

  it('marks the words of a link and not its address', () => {
    const text = 'See [the page](https://example.org/the/page) and the page.';
    expect(markWords(text, 'the page]', 'and')).toBe('the page and');
  });

  it('keeps its place behind carriage returns', () => {
    expect(markWords('one\r\n\r\ntwo three\r\nfour\r\n', 'three', 'four')).toBe('three four');
  });

  const word = fc.nat().map(() => 'WORD');
  const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
  const inline = fc.oneof(
    words,
    words.map((text) => `**${text}**`),
    words.map((text) => `*${text}*`),
    words.map((text) => `[${text}](https://example.org/WORD)`),
    // One word only: code within a line is marked as a whole.
    word.map((text) => `\`${text}\``),
    words.map((text) => `${text} \\* ${text}`),
  );
  const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
  const block = fc.oneof(
    line,
    fc.array(line, { minLength: 2, maxLength: 3 }).map((lines) => lines.join('\n')),
    line.map((text) => `## ${text}`),
    fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((text) => `- ${text}\n  WORD\n  - ${text}`).join('\n')),
    fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((text) => `> ${text}`).join('\n')),
    fc
      .array(words, { minLength: 2, maxLength: 6 })
      .map((cells) => ['| WORD | WORD |', '| --- | --- |', ...cells.map((cell) => `| ${cell} | WORD |`)].join('\n')),
    fc.array(words, { minLength: 1, maxLength: 4 }).map((lines) => `\`\`\`\n${lines.join('\n')}\n\`\`\``),
  );
  /** Every word gets a number of its own, so that it can be told from all others. */
  const document = fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => {
    let count = 0;
    return blocks.join('\n\n').replace(/WORD/g, () => `w${count++}w`);
  });

  it('marks exactly the words that lie in the passage, whatever they stand in', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.nat(), (text, one, other) => {
        const all = [...text.matchAll(/w\d+w/g)];
        const [first, last] = [one % all.length, other % all.length].sort((a, b) => a - b).map((index) => all[index]);
        if (!first || !last) throw new Error('There are no words.');
        const passage = { start: first.index, end: last.index + last[0].length };
        const plain = shown(htmlBlocks(text).join(' ')).text;
        const { text: visible, marked } = shown(htmlBlocks(text, { passage }).join(' '));
        // A word in the address of a link is not seen, so it cannot be marked.
        const seen = new Set(plain.match(/w\d+w/g));
        const expected = all.slice(all.indexOf(first), all.indexOf(last) + 1).flatMap(([name]) => (seen.has(name) ? [name] : []));
        expect(marked.match(/w\d+w/g) ?? []).toEqual(expected);
        expect(visible.replaceAll(' ', '')).toBe(plain.replaceAll(' ', ''));
      }),
      { numRuns: 300 },
    );
  });
});
