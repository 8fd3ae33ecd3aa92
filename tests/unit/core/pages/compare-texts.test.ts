import { describe, expect, it } from 'vitest';
import { type ComparedStretch, compareTexts } from '../../../../src/core/pages/compare-texts';

/** As one would write it: `[-gone-]`, `{+come+}`, and `=` for each block that is the same. */
const written = (stretches: readonly ComparedStretch[]) =>
  stretches
    .map((stretch) =>
      stretch.kind === 'same'
        ? '='.repeat(stretch.blocks.length)
        : stretch.words
            .map(({ text, change }) => (change === 'added' ? `{+${text}+}` : change === 'removed' ? `[-${text}-]` : text))
            .join(''),
    )
    .join('\n');

describe('comparing two versions', () => {
  it('shows the words that came and went in the sentence they stand in', () => {
    const before = '# Lamps\n\nThe lamp burns oil at night.\n\nThe end.';
    expect(written(compareTexts(before, before.replace('oil', 'gas')))).toBe('=\nThe lamp burns [-oil -]{+gas +}at night.\n=');
  });

  it('shows a paragraph that was put in, and one that was taken out', () => {
    expect(written(compareTexts('One.\n\nTwo.', 'One.\n\nOne and a half.\n\nTwo.'))).toBe('=\n{+One and a half.+}\n=');
    expect(written(compareTexts('One.\n\nTwo.\n\nThree.', 'One.\n\nThree.'))).toBe('=\n[-Two.-]\n=');
  });

  it('takes a paragraph that has little in common with the other for another one', () => {
    expect(written(compareTexts('The keeper slept badly.', 'Nine elms will be felled on the quay.'))).toBe(
      '[-The keeper slept badly.-]{+Nine elms will be felled on the quay.+}',
    );
  });

  it('does not speak of marks: a link to another address, a word in bold', () => {
    expect(written(compareTexts('See [the rules](https://a.example/1).', 'See [the **rules**](https://a.example/2).'))).toBe('=');
  });

  it('knows the words of scripts that have no spaces, and of those that are not Latin', () => {
    expect(written(compareTexts('戸田さんは紙を漉きます。', '戸田さんは布を漉きます。'))).toBe('戸田さんは[-紙-]{+布+}を漉きます。');
    expect(written(compareTexts('Лампа горит ночью долго.', 'Лампа горит утром долго.'))).toBe('Лампа горит [-ночью -]{+утром +}долго.');
  });

  it('gives back both texts whole, whatever was changed', () => {
    const before = Array.from({ length: 300 }, (_, index) => `Line ${index} of the old text.`).join('\n\n');
    const after = Array.from({ length: 300 }, (_, index) => `Line ${index * 2} of the ${index % 3 ? 'old' : 'new'} text.`).join('\n\n');
    const stretches = compareTexts(before, after);
    const side = (other: 'added' | 'removed') =>
      stretches
        .flatMap((stretch) =>
          stretch.kind === 'same'
            ? stretch.blocks
            : [
                stretch.words
                  .map(({ text, change }) => (change === other ? '' : text))
                  .join('')
                  .trim(),
              ],
        )
        .join('\n\n');
    expect(side('added').split(/\s+/)).toEqual(before.split(/\s+/));
    expect(side('removed').split(/\s+/)).toEqual(after.split(/\s+/));
  });

  it('comes to an end for two megabytes that have nothing in common, all of which went and came', () => {
    const text = (word: string) => Array.from({ length: 40_000 }, (_, index) => `${word} ${index} and some more words here.`).join('\n\n');
    const kinds = compareTexts(text('lamp'), text('quay')).map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds).not.toContain('same');
  });
});
