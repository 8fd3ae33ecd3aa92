import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { type ComparedPassage, collapseNearDuplicates } from '../../../../src/core/search/near-duplicates';

const passage = (pageId: string, text: string, place = 'Lighthouses'): ComparedPassage => ({ pageId: pageId as PageId, place, text });

const lens = `The keepers of Skerrow Head polished the great lens each morning before the sun stood high enough to set fire to the curtains.
  They worked in gloves of chamois leather, for the oil of a thumb would leave a shadow on the sea that a pilot might take for a reef.
  Nobody was allowed to whistle while it was done, and nobody could say any longer why.`;
const tides = `At low water the pools hold what the sea has left behind: anemones folded up like purses, blennies under the weed,
  and now and then a starfish that has lost its way. The warden counts them with a string and a pencil.`;
const washi = `漉いた紙は一枚ずつ板に張られ、雪の上で乾かされる。戸田さんの工房では冬のあいだだけこの仕事が行われ、春になると板は屋根裏にしまわれる。
  昔は村の家々がみな紙を漉いていたが、今では二軒だけが残っている。水の冷たさが紙の強さを決めると職人たちは言う。`;

const collapse = (passages: readonly ComparedPassage[], question = 'polishing') =>
  collapseNearDuplicates(passages, question).map(({ passage: { pageId }, otherPages }) => [pageId, otherPages]);

describe('passages that say the same', () => {
  it('become the best of them, which knows on how many other pages it stands', () => {
    expect(collapse([passage('a', lens), passage('b', tides), passage('c', lens), passage('d', lens.toUpperCase())])).toEqual([
      ['a', 2],
      ['b', 0],
    ]);
  });

  it('may differ in a word here and there', () => {
    const edited = lens.replace('curtains', 'drapes').replace('reef', 'rock');
    expect(collapse([passage('a', lens), passage('b', edited)])).toEqual([['a', 1]]);
  });

  it('are found in scripts without spaces', () => {
    expect(collapse([passage('a', washi), passage('b', washi.replace('職人たち', '人びと')), passage('c', lens)])).toEqual([
      ['a', 1],
      ['c', 0],
    ]);
  });

  it('count once for a page, and not as another page when they stand on the same one', () => {
    expect(collapse([passage('a', lens), passage('a', lens), passage('b', lens), passage('b', lens)])).toEqual([['a', 1]]);
  });

  it('are taken from the page that ranks best, so that an article saved twice is cited from one address', () => {
    expect(collapse([passage('a', lens), passage('b', lens), passage('b', tides), passage('a', tides)])).toEqual([
      ['a', 1],
      ['a', 1],
    ]);
  });

  it('take a quotation in', () => {
    expect(collapse([passage('a', lens), passage('b', lens.slice(0, 140))])).toEqual([['a', 1]]);
  });
});

describe('passages that say something of their own', () => {
  it('stay, though a shorter one that they contain is better', () => {
    expect(collapse([passage('a', lens.slice(0, 140)), passage('b', lens)])).toHaveLength(2);
  });

  it('stay when only a number is another', () => {
    const price = (euros: number) => passage(`${euros}`, `${lens} A ticket to the lantern room costs ${euros} euros for grown people.`);
    expect(collapse([price(7), price(9)])).toHaveLength(2);
  });

  it('stay when what was asked for is in one and not in the other', () => {
    const policy = (firm: string) => passage(firm, `${firm} keeps no more than it needs. ${lens} ${tides}`);
    expect(collapse([policy('Acme'), policy('Umbra')], 'Compare what Acme and Umbra keep')).toHaveLength(2);
    expect(collapse([policy('Acme'), policy('Umbra')], 'What do they keep?')).toHaveLength(1);
    expect(collapse([passage('golf', lens, 'Golf'), passage('polo', lens, 'Polo')], 'lens of the Golf and the Polo')).toHaveLength(2);
  });

  it('stay when they have no words', () => {
    expect(collapse([passage('a', '∑ ∫'), passage('b', '∂ ∇'), passage('c', '∑ ∫')])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });
});

it('loses nothing but duplicates, whatever the passages', () => {
  // So short that a copy has all the shingles: then the copy of a copy is a copy too.
  const words = fc.array(fc.constantFrom('lamp', 'oil', 'sea', '7', '灯台'), { maxLength: 7 });
  const passages = fc.array(
    fc.record({ page: fc.constantFrom('a', 'b', 'c'), words }).map(({ page, words }) => passage(page, words.join(' '))),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(passages, (ranked) => {
      const kept = collapseNearDuplicates(ranked, 'oil');
      const shown = new Set(kept.map(({ passage }) => passage));
      expect(shown.size).toBe(kept.length);
      for (const each of ranked) {
        if (!shown.has(each)) expect(collapseNearDuplicates([...shown, each], 'oil')).toHaveLength(kept.length);
      }
      // Nothing more to take away.
      expect(collapseNearDuplicates([...shown], 'oil')).toHaveLength(kept.length);
    }),
  );
});
