import { describe, expect, it } from 'vitest';
import { checkAnswer, type SentenceCheck } from '../../../../src/core/citations/check-answer';
import { handMadeClaims } from './claims';

const check = (answer: string, passages: readonly string[], known?: string): SentenceCheck[] => [
  ...checkAnswer(
    answer,
    passages.map((text, index) => ({ number: index + 1, text })),
    known,
  ),
];
const quotes = ({ support }: SentenceCheck) => support.map(({ passage, start, end }) => passage.text.slice(start, end));
const flagged = (answer: string, checks: readonly SentenceCheck[]) =>
  checks.flatMap(({ unknown }) => unknown.map(({ start, end }) => answer.slice(start, end)));

describe('A claim made by hand', () => {
  it.each(handMadeClaims)('in $language: $claim', ({ claim, passages, support }) => {
    const checks = check(claim, passages);
    expect(checks).toHaveLength(1);
    const found = checks.flatMap(quotes);
    expect(found).toHaveLength(support.length);
    for (const words of support) expect(found.join('\n')).toContain(words);
  });
});

const passages = [
  'The first great lens was lit in July 1823 at Cordouan. It stood on a rock at the mouth of the Gironde. The keepers saw its light from 32 kilometres away.',
  'Rye dough ripens for sixteen hours at 26 °C. Bakers at Lindholm add a spoon of caraway to it.',
];

describe('An answer', () => {
  it('is cut into sentences wherever they stand: in lists, tables and quotations, with marks inside and behind', () => {
    const answer = [
      '## The lens in 1823',
      '',
      '- The first great lens was lit at Cordouan in July 1823 [1]',
      '- Its light was seen 32 kilometres away.[1]',
      '',
      '| what | when |',
      '|---|---|',
      '| great lens lit at Cordouan | July 1823 |',
      '',
      '> Rye dough ripens for sixteen hours [2], and bakers at Lindholm add caraway [2].',
      '',
      '```',
      'const lit = 1999;',
      '```',
    ].join('\n');
    const checks = check(answer, passages);
    const texts = checks.map(({ start, end }) => answer.slice(start, end));
    expect(texts).toContain('The first great lens was lit at Cordouan in July 1823');
    expect(texts).toContain('great lens lit at Cordouan | July 1823');
    expect(texts).toContain('Rye dough ripens for sixteen hours [2], and bakers at Lindholm add caraway [2].');
    expect(texts.join()).not.toMatch(/1999|## The lens/);
    expect(checks.filter(({ verdict }) => verdict === 'supported').map(({ start }) => answer.slice(start, start + 9))).toEqual(
      expect.arrayContaining(['The first', 'Its light', 'great len', 'Rye dough']),
    );
  });

  it('has what stands in no cited passage flagged, and only that', () => {
    const answer = 'The great lens was lit at Cordouan in July 1832 by Aurelia Sandström [1].';
    const checks = check(answer, passages);
    expect(flagged(answer, checks)).toEqual(['1832', 'Aurelia Sandström']);
    expect(checks[0]?.verdict).toBe('unsupported');
  });

  it('is not held to account for what the question said', () => {
    const answer = 'The great lens at Cordouan was not lit in 1799 but in July 1823 [1].';
    expect(flagged(answer, check(answer, passages, 'Was the great lens lit in 1799?'))).toEqual([]);
  });

  it.each([
    'The saved pages do not say who built the tower.',
    'Die gespeicherten Seiten enthalten keine Angaben dazu.',
    'Les pages ne mentionnent pas le nom de l’architecte.',
    'Las páginas guardadas no contienen la respuesta.',
    '保存されたページには、その答えは記載されていません。',
    'Which lens do you mean?',
    'Sure!',
    'Here is what I found:',
    'I could not find that.',
  ])('claims nothing by saying: %s', (answer) => {
    expect(check(answer, passages)).toEqual([]);
  });

  it('keeps to abbreviations, initials and decimals within a sentence', () => {
    const answer = 'Dr. A. J. Fresnel saw it in St. Malo at approx. 3.5 km, i.e. from afar. The lens was lit in July 1823 at Cordouan.';
    expect(check(answer, passages).map(({ start, end }) => answer.slice(start, end))).toEqual([
      'Dr. A. J. Fresnel saw it in St. Malo at approx. 3.5 km, i.e. from afar.',
      'The lens was lit in July 1823 at Cordouan.',
    ]);
  });

  it('takes the passage that it cites where two say the same', () => {
    const twice = [passages[0] ?? '', passages[1] ?? '', passages[0] ?? ''];
    const cited = (mark: number) =>
      check(`The great lens was lit in July 1823 at Cordouan [${mark}].`, twice)[0]?.support.map(({ passage }) => passage.number);
    expect([cited(1), cited(3)]).toEqual([[1], [3]]);
  });

  it('of a megabyte, in one unbroken line or in many, gives its first sentences without waiting for the rest', () => {
    const firstEnds = new Map([
      [`${'lens '.repeat(200_000)}.`, 9_999],
      ['The lens was lit. '.repeat(60_000), 17],
      ['[1]'.repeat(300_000), undefined],
      [`${'*'.repeat(500_000)}a`, undefined],
    ]);
    for (const [text, end] of firstEnds) {
      // Work that grows with the square of the length would run into the test's limit.
      const checking = checkAnswer(
        text.slice(0, 150_000),
        passages.map((each, index) => ({ number: index + 1, text: each })),
      );
      const { value: first, done = false } = checking.next();
      expect([first?.start, first?.end, done]).toEqual(end === undefined ? [undefined, undefined, true] : [0, end, false]);
    }
  });
});

describe('In Turkish, where search takes words for one that begin alike,', () => {
  const turkish = [
    'Yönetici Mehmet Karaca, yeni sistemin bütün şubelerde sorunsuz çalıştığını söyledi. Şirket Ankara’daki depoyu kapatmadı.',
    'Deniz feneri, gemilere gece boyunca yol gösterir. Belediye kıyıdaki eski binaların onarılmasına karar verdi.',
  ];
  const checkTurkish = (answer: string) => [
    ...checkAnswer(
      answer,
      turkish.map((text, index) => ({ number: index + 1, text, language: 'tr' })),
    ),
  ];

  it.each([
    ['Yönetici Mehmet Karacaoğlu yeni sistemin bütün şubelerde çalıştığını söyledi [1].', 'Karacaoğlu'],
    ['Şirket Ankaragücü deposunu kapattı [1].', 'Ankaragücü'],
  ])('«%s» names another', (answer, name) => {
    const checks = checkTurkish(answer);
    expect(checks.map(({ verdict }) => verdict)).toEqual(['unsupported']);
    expect(flagged(answer, checks)).toEqual([name]);
  });

  it.each(['Mehmet Karaca’ya göre yeni sistem bütün şubelerde çalışıyor [1].', 'Deniz fenerleri geceleri gemilere yol gösteriyor [2].'])(
    '«%s» says it in other forms',
    (answer) => {
      const checks = checkTurkish(answer);
      expect(checks.map(({ verdict }) => verdict)).toEqual(['supported']);
      expect(flagged(answer, checks)).toEqual([]);
    },
  );

  it('a Polish town is not another that begins alike, whatever its case', () => {
    const check = (answer: string) =>
      [
        ...checkAnswer(answer, [
          { number: 1, text: 'Najstarszy klasztor tego zakonu stoi w Częstochowie od sześciuset lat.', language: 'pl' },
        ]),
      ].map(({ verdict }) => verdict);
    expect(check('Najstarszy klasztor zakonu stoi w Częstocicach [1].')).toEqual(['unsupported']);
    expect(check('Częstochowa ma najstarszy klasztor tego zakonu [1].')).toEqual(['supported']);
  });
});
