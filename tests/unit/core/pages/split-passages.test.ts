import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { passageSize, splitPassages } from '../../../../src/core/pages/split-passages';
import { estimateTokens } from '../../../../src/core/text/estimate-tokens';

const sentence = 'The keeper climbed the stairs every evening to trim the wick and polish the glass. ';
const texts = (markdown: string) => splitPassages(markdown, 'en').map((span) => markdown.slice(span.start, span.end));

describe('splitting a page into passages', () => {
  it('gives a short page back as one passage', () => {
    expect(texts('One short paragraph.')).toEqual(['One short paragraph.']);
  });

  it('reads a heading of a hundred thousand spaces without pause', () => {
    const heading = `a${' '.repeat(100_000)}b`;
    expect(splitPassages(`# ${heading}\n\nText.`).at(-1)?.headingPath).toEqual([heading.slice(0, 200)]);
  });

  it('has nothing to give of an empty page', () => {
    expect(splitPassages(' \n\n ')).toEqual([]);
  });

  it('begins a new passage at a heading and remembers the headings above', () => {
    const markdown = `# Lamps\n\n${sentence.repeat(10)}\n\n## Oil\n\n${sentence.repeat(10)}\n\n## Gas\n\n${sentence.repeat(10)}`;
    expect(splitPassages(markdown).map((span) => span.headingPath)).toEqual([['Lamps'], ['Lamps', 'Oil'], ['Lamps', 'Gas']]);
  });

  it('keeps a heading with the text that follows it', () => {
    const markdown = `${sentence.repeat(15)}\n\n## Oil\n\n${sentence.repeat(15)}`;
    expect(texts(markdown)[1]).toMatch(/^## Oil\n\nThe keeper/);
  });

  it('gathers small sections instead of making a passage of each', () => {
    expect(texts('## One\n\nFirst.\n\n## Two\n\nSecond.')).toHaveLength(1);
  });

  it('does not take a heading inside a code block for one', () => {
    const markdown = `\`\`\`sh\n# not a heading\n${'echo lamp\n'.repeat(5)}\`\`\`\n\n${sentence}`;
    expect(splitPassages(markdown)[0]?.headingPath).toEqual([]);
  });

  it('cuts a long paragraph at its sentences', () => {
    for (const text of texts(sentence.repeat(60).trim())) expect(text).toMatch(/^The keeper.*glass\.$/s);
  });

  it('cuts a long table between its rows', () => {
    const markdown = `| Year | Lamp |\n| --- | --- |\n${'| 1823 | The first lens of the Cordouan lighthouse was lit |\n'.repeat(60)}`;
    const cut = texts(markdown);
    expect(cut.length).toBeGreaterThan(1);
    for (const text of cut) expect(text).toMatch(/^\|.*\|$/s);
  });

  it('says of a piece of a long block of code that it begins in code', () => {
    const markdown = `\`\`\`py\n${'total = first + second * third\n'.repeat(200)}\`\`\`\n\n${sentence}`;
    const spans = splitPassages(markdown);
    expect(spans.map((span) => span.startsInCode ?? false)).toEqual(spans.map((_, index) => index > 0));
  });

  it('cuts one unbroken word of a megabyte, quickly and within the limit', () => {
    const spans = splitPassages('a'.repeat(1_000_000));
    expect(spans.at(-1)?.end).toBe(1_000_000);
    expect(Math.max(...spans.map((span) => span.end - span.start))).toBeLessThanOrEqual(4_000);
  });

  it.each([
    ['of nothing but punctuation', '.*'],
    ['of words that are a paragraph each', 'a\u2028'],
    ['of a long sentence and many short ones, over and over', `${'lamp '.repeat(300)}. ${'A! '.repeat(2_000)}`],
  ])('has little work with one line %s', (_name, unit) => {
    const segment = Intl.Segmenter.prototype.segment;
    let work = 0;
    const counting = vi.spyOn(Intl.Segmenter.prototype, 'segment').mockImplementation(function (this: Intl.Segmenter, input) {
      const segments = segment.call(this, input);
      function* counted() {
        for (const one of segments) {
          // That is what each takes.
          work += input.length;
          yield one;
        }
      }
      return { containing: () => undefined, [Symbol.iterator]: counted } as unknown as Intl.Segments;
    });
    const line = unit.repeat(100_000 / unit.length);
    splitPassages(line, 'en');
    counting.mockRestore();
    expect(work).toBeGreaterThan(line.length / 2);
    expect(work).toBeLessThan(line.length * 1_100);
  });

  it('never splits an emoji', () => {
    for (const text of texts('😀'.repeat(10_000))) expect(text).toMatch(/^(😀)+$/u);
  });

  it('leaves out nothing but white space, in order, within the limit, whatever the text', () => {
    const line = fc.constantFrom(
      '# Head',
      '## Sub ',
      '- item',
      '> said',
      '| a | b |',
      '```',
      '',
      'word '.repeat(30),
      sentence.repeat(30),
      '灯台'.repeat(400),
      'x'.repeat(5_000),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const text = lines.join('\n');
        let at = 0;
        for (const span of splitPassages(text)) {
          expect(text.slice(at, span.start).trim()).toBe('');
          expect(span.end).toBeGreaterThan(span.start);
          expect(estimateTokens(text.slice(span.start, span.end))).toBeLessThanOrEqual(passageSize.maximum * 1.3);
          at = span.end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 150 },
    );
  });
});
