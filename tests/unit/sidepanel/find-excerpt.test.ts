import { describe, expect, it } from 'vitest';
import { findExcerptStart } from '../../../src/sidepanel/ask/answer/find-excerpt';

const filler = 'The coast is long and the weather is often bad. Ships pass at night, and the ships are many. '.repeat(5);
const telling = 'Its lamp was lit for the first time in 1851. ';

describe('The excerpt of a quotation', () => {
  it('begins where the question is answered', () => {
    expect(findExcerptStart(filler + telling + filler, 'When was the lamp of the coast first lit?')).toBe(filler.length);
  });

  it('begins at the beginning when nothing is found', () => {
    expect(findExcerptStart(filler, 'Who wrote this?')).toBe(0);
  });

  it('keeps a short quotation whole', () => {
    expect(findExcerptStart(`Something else. ${telling}`, 'lamp')).toBe(0);
  });

  it('works in a language without spaces', () => {
    const rest = '海岸は長く、天気は悪いことが多い。船は夜に通る。'.repeat(20);
    expect(findExcerptStart(`${rest}灯台は1851年に点灯された。`, '灯台はいつ点灯されましたか')).toBe(rest.length);
  });
});
