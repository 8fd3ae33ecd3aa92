import { describe, expect, it } from 'vitest';
import { addressAtPassage, textFragment } from '../../../../src/core/pages/text-fragment';

const fragmentOf = (text: string, passage: string) => {
  const start = text.indexOf(passage);
  return decodeURIComponent(textFragment(text, start, start + passage.length));
};
const long =
  'The lens gathered the light of one small flame and threw it to the horizon, which no mirror had done before, and ships saw it from twenty miles away.';

describe('the fragment that leads to a passage', () => {
  it('names a short passage whole', () => {
    expect(fragmentOf('Before.\n\nThe lens was lit in 1823.\n\nAfter.', 'The lens was lit in 1823.')).toBe(
      ':~:text=The lens was lit in 1823.',
    );
  });

  it('names the beginning and the end of a long one', () => {
    expect(fragmentOf(`Before.\n\n${long}\n\nAfter.`, long)).toMatch(
      /^:~:text=The lens gathered .*,.*ships saw it from twenty miles away\.$/,
    );
  });

  it('spans blocks, each end within one', () => {
    const passage = `First point about oil.\n\n- second point about gas\n- third point about wicks`;
    expect(fragmentOf(passage, passage)).toBe(':~:text=First point about oil.,third point about wicks');
  });

  it('begins with the text below a heading, because headings stand in tables of contents too', () => {
    const passage = '## Oil\n\nOil was burnt first.';
    expect(fragmentOf(passage, passage)).toBe(':~:text=Oil was burnt first.');
  });

  it('says what stands before, where the same words come earlier on the page', () => {
    const text = 'Lit at dusk.\n\nThe second tower.\n\nLit at dusk.';
    const start = text.lastIndexOf('Lit');
    expect(decodeURIComponent(textFragment(text, start, text.length))).toBe(':~:text=The second tower.-,Lit at dusk.');
  });

  it('escapes what has a meaning in a fragment', () => {
    expect(textFragment('well-known, safe & sound', 0, 24)).toBe(':~:text=well%2Dknown%2C%20safe%20%26%20sound');
  });

  it('goes by one cell of a table row', () => {
    const row = '| Cordouan | first lens |';
    expect(fragmentOf(row, row)).toBe(':~:text=Cordouan,first lens');
  });

  it('survives half a surrogate pair', () => {
    expect(() => textFragment('lamp \ud83d broken', 0, 14)).not.toThrow();
  });

  it('is empty for a passage without words', () => {
    expect(textFragment('* * *', 0, 5)).toBe('');
  });

  it('joins an address that has a fragment of its own', () => {
    expect(addressAtPassage('https://a.example/#/route', ':~:text=x')).toBe('https://a.example/#/route:~:text=x');
    expect(addressAtPassage('https://a.example/', ':~:text=x')).toBe('https://a.example/#:~:text=x');
  });
});
