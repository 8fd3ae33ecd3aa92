import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSnippet, snippetCharacters } from '../../../../src/core/search/make-snippet';
import { matchFinder, readWords } from '../../../../src/core/text/find-matches';

const snippetOf = (text: string, query: string) => makeSnippet(text, matchFinder(query)(readWords(text)));
const marked = ({ text, highlights }: ReturnType<typeof makeSnippet>) => highlights.map(({ start, end }) => text.slice(start, end));
const filler = (count: number) => 'all the while the sea was grey and nobody came '.repeat(count);

describe('A snippet', () => {
  it('is the whole of a short text', () => {
    expect(snippetOf('The keeper slept.', 'keeper')).toEqual({ text: 'The keeper slept.', highlights: [{ start: 4, end: 10 }] });
  });

  it('shows where most of the words stand together, with some words before them', () => {
    const text = `A keeper. ${filler(8)}Then the keeper trimmed the wick of the lamp, as every night. ${filler(8)}A wick. A lamp.`;
    const snippet = snippetOf(text, 'keeper wick lamp');
    expect(marked(snippet)).toEqual(['keeper', 'wick', 'lamp']);
    expect(snippet.text).toMatch(/^….*nobody came Then the keeper trimmed the wick of the lamp, as every night\..*…$/);
    expect(snippet.text.length).toBeLessThanOrEqual(snippetCharacters + 2);
  });

  it('prefers two different words to one word twice', () => {
    expect(marked(snippetOf(`oil oil oil ${filler(8)}oil lamp`, 'oil lamp'))).toEqual(['oil', 'lamp']);
  });

  it('goes by the rarer words', () => {
    const text = `The sea, the sky, the sand, the shore and the end of the day. ${filler(8)}He saw the lamp.`;
    expect(marked(snippetOf(text, 'the lamp')).at(-1)).toBe('lamp');
  });

  it('does not begin with the end of a sentence', () => {
    for (let length = 20; length < 80; length++) {
      const { text } = snippetOf(`${filler(2)}It rained. ${'a '.repeat(length / 2)}keeper ${filler(4)}`, 'keeper');
      expect(text).not.toMatch(/^…[\s.]/);
    }
  });

  it('begins and ends between words, in any script', () => {
    const japanese = '朝から雪が降っていたので、祖母は火鉢のそばで紙を漉く話をしてくれた。'.repeat(6);
    const text = `${japanese}古い灯台の光。${japanese}`;
    const { text: shown } = snippetOf(text, '灯台');
    const words = Array.from(new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text), ({ index }) => index);
    const start = text.indexOf(shown.slice(1, -1));
    expect(words).toContain(start);
    expect(words).toContain(start + shown.length - 2);
    expect(shown.length).toBeLessThanOrEqual(snippetCharacters + 2);
  });

  it('is the beginning when nothing of it was asked for', () => {
    expect(snippetOf(filler(20), 'keeper').text).toMatch(/^all the while .*…$/);
  });

  it('of one endless word is still short', () => {
    const endless = `${'a'.repeat(10_000)} keeper ${'b'.repeat(10_000)}`;
    const snippet = snippetOf(endless, 'keeper');
    expect(snippet.text.length).toBeLessThanOrEqual(snippetCharacters + 2);
    expect(marked(snippet)).toEqual(['keeper']);
  });

  it('never cuts a character in two, and marks what was asked for', () => {
    const piece = fc.oneof(
      fc.constantFrom('keeper', ' ', '\n', '👩🏽‍🚒', '🇳🇴', 'é', 'ก็', '灯台', 'ﷺ', '𝒳', 'क्षि'),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), fc.integer({ min: 10, max: 200 }), (pieces, characters) => {
        const text = pieces.join('');
        const matches = matchFinder('keeper 灯台')(readWords(text));
        const snippet = makeSnippet(text, matches, characters);
        expect(snippet.text).not.toMatch(/\p{Cs}/u);
        const shown = snippet.text.replace(/^…|…$/g, '');
        // A mark that the text itself has nothing under is not ours to mend.
        const continues = /^(?:\p{M}|\u200d|\p{Emoji_Modifier})/u;
        if (!continues.test(text.trimStart())) expect(shown).not.toMatch(continues);
        expect(text).toContain(shown);
        const found = marked(snippet);
        const asked = matches.map(({ start, end }) => text.slice(start, end));
        for (const word of found) expect(asked).toContain(word);
        if (matches.length > 0) expect(found.length).toBeGreaterThan(0);
      }),
    );
  });
});
