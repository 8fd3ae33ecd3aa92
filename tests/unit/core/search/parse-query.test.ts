import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src/core/search/parse-query';

/** Somewhere two hours ahead of Greenwich all year. */
const startOfDay = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) - 2 * 3_600_000;
const parse = (written: string) => parseQuery(written, startOfDay);
const onlyText = (text: string) => ({ text, phrases: [], excluded: [], scope: {} });

describe('A phrase', () => {
  it.each(['"oil lamps"', '“oil lamps”', '„oil lamps“', '«oil lamps»', '「oil lamps」', '『oil lamps』', '" oil  lamps "'])(
    'is what stands in %s',
    (quoted) => {
      expect(parse(`keeper ${quoted} storm`)).toMatchObject({ text: 'keeper oil lamps storm', phrases: ['oil lamps'] });
    },
  );

  it('is found in the middle of text that has no spaces', () => {
    expect(parse('「雪の下の紙」は誰が書いた')).toMatchObject({ text: '雪の下の紙 は誰が書いた', phrases: ['雪の下の紙'] });
  });

  it('is not what stands between two inch marks', () => {
    expect(parse('a 5" pipe or a 3" pipe')).toEqual(onlyText('a 5" pipe or a 3" pipe'));
  });
});

describe('What is not wanted', () => {
  it('is a word or a phrase with a hyphen before it', () => {
    expect(parse('lamps -paraffin -"gas light" -東京?')).toMatchObject({ text: 'lamps ?', excluded: ['paraffin', 'gas light', '東京'] });
  });

  it('is a site or a tag with a hyphen before it', () => {
    expect(parse('lamps -site:example.org -tag:"To read"')).toEqual({
      ...onlyText('lamps'),
      scope: { excludedSites: ['example.org'], excludedTags: ['to read'] },
    });
  });

  it('is a word like any other when nothing else is asked for', () => {
    expect(parse('-webkit-box')).toEqual(onlyText('-webkit-box'));
    expect(parse('tag:css -webkit-box')).toMatchObject({ text: '', excluded: ['webkit-box'] });
  });
});

describe('A site', () => {
  it.each([
    'example.org',
    'Example.ORG',
    'www.example.org',
    '*.example.org',
    'https://www.example.org/a/b?c',
    'example.org/a',
    'example.org:80',
  ])('may be written %s', (written) => {
    expect(parse(`lamps SITE:${written}`).scope).toEqual({ sites: ['example.org'] });
  });

  it('may be all of a country’s, or one with letters of any script', () => {
    expect(parse('site:.no').scope).toEqual({ sites: ['no'] });
    expect(parse('site:bücher.example').scope).toEqual({ sites: ['xn--bcher-kva.example'] });
  });

  it('is added to the sites before it', () => {
    expect(parse('site:a.example site:b.example site:a.example').scope).toEqual({ sites: ['a.example', 'b.example'] });
  });
});

describe('A tag', () => {
  it('may have several words, and is compared without regard to case', () => {
    expect(parse('tag:Optics tag:"Slow  light" tag:「灯台」').scope).toEqual({ tags: ['optics', 'slow light', '灯台'] });
  });
});

describe('A date', () => {
  it('begins with the first moment of its period, where the person is', () => {
    const firstOf = (iso: string) => Date.parse(`${iso}T00:00:00+02:00`);
    expect(parse('after:2024').scope).toEqual({ after: firstOf('2024-01-01') });
    expect(parse('after:2024-05').scope).toEqual({ after: firstOf('2024-05-01') });
    expect(parse('before:2024-05-17').scope).toEqual({ before: firstOf('2024-05-17') });
    expect(parse('before:2024/5/7').scope).toEqual({ before: firstOf('2024-05-07') });
  });

  it('is the narrower of two', () => {
    expect(parse('after:2023 after:2024 before:2026 before:2025').scope).toEqual(parse('after:2024 before:2025').scope);
  });

  it('follows the clock of this computer unless told otherwise', () => {
    expect(parseQuery('after:2024-05-17').scope).toEqual({ after: new Date(2024, 4, 17).getTime() });
  });
});

describe('A natural question stays as it is:', () => {
  it.each([
    'What is “this',
    'an unclosed "quotation',
    '"?!"',
    'a - b',
    '-5 degrees',
    'below -5 degrees',
    'e-mail or well-known',
    'grep -v in a pipe',
    'git push --force',
    "the keeper's lamp and the dogs' den",
    "'so-called' lamps",
    'https://example.org/site:a?after:2024 says',
    'Note: this',
    'C: drive',
    'note:this',
    'isbn:9780140449136',
    'Site: London',
    'website:example.org',
    'site:?',
    'site:exa"mple',
    'tag:',
    'tag:" "',
    'after:lunch',
    'after:2024-13',
    'after:2023-02-29',
    'before:24',
    'before:2024-05/01',
    '-after:2024',
    '雪の下の紙はいつ書かれましたか？',
    'كم عمق البئر؟',
  ])('%s', (question) => {
    expect(parse(question)).toEqual(onlyText(question));
  });

  it('even one that ends with an operator', () => {
    expect(parse('what does it say of lamps, site:example.org?')).toEqual({
      ...onlyText('what does it say of lamps, ?'),
      scope: { sites: ['example.org'] },
    });
  });
});

describe('Whatever is written', () => {
  const pieces = fc.constantFrom(
    '"',
    '“',
    '”',
    '-',
    ':',
    ' ',
    'site:',
    'tag:',
    'after:2024',
    'before:',
    'a.example',
    'word',
    '東京',
    '\u0301',
    '\n',
    '«',
    '2024-02-30',
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 20 }).map((list) => list.join('')),
  );

  it('something comes of it, and no word of the text is invented', () => {
    fc.assert(
      fc.property(anything, (written) => {
        const { text, phrases } = parse(written);
        for (const part of [...phrases, ...text.split(' ')]) expect(written.replace(/\s+/g, ' ')).toContain(part);
        for (const phrase of phrases) expect(text).toContain(phrase);
      }),
    );
  });

  it('text without operators comes back unchanged, spaces aside', () => {
    const word = fc.stringMatching(/^[\p{L}\p{N}.,;!?()'’/&%-]{0,12}$/u).map((text) => text.replace(/^-+/, ''));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        expect(parse(words.join('  '))).toEqual(onlyText(words.join(' ').replace(/\s+/g, ' ').trim()));
      }),
    );
  });

  it('100,000 quotation marks are read to the end', () => {
    // Work that grows with the square of their number would run into the test's limit.
    for (const piece of ['"', '“', ' -"', ' tag:"', '-a', ' site:.', 'a:']) {
      expect(parse(`lamp ${piece.repeat(100_000)} lens`).text).toMatch(/^lamp.*lens$/s);
    }
  });
});
