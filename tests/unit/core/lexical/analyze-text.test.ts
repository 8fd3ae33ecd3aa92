import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeBeginning, analyzeText, termOfWord, wordsToAnalyze } from '../../../../src/core/lexical/analyze-text';
import { stemmers } from '../../../../src/core/lexical/stemmers';

describe('the terms of a text', () => {
  it('are the same for the forms of an English word', () => {
    expect(new Set(analyzeText('lamp lamps LAMPS lamp’s')).size).toBe(1);
  });

  it('do not depend on Latin accents or compatibility forms', () => {
    expect(analyzeText('Café ﬁne')).toEqual(analyzeText('cafe fine'));
  });

  it('are words in Chinese, Japanese and Thai too', () => {
    expect(analyzeText('東京の灯台')).toContain('灯台');
    expect(analyzeText('灯塔在海边')).toContain('灯塔');
    expect(analyzeText('ประภาคารริมทะเล')).toContain('ทะเล');
    expect(analyzeText('ริมแม่น้ำ', 'th')).toEqual(['ริม', 'แม่น้ำ']);
  });

  it('take the beginning of an endless word, and nothing of punctuation', () => {
    expect(analyzeText('x'.repeat(100_000))[0]).toHaveLength(64);
    expect(analyzeText('… — !? 😀')).toEqual([]);
  });

  it('never end within a letter', () => {
    const [term = ''] = analyzeText(`x${'𐐀'.repeat(100)}`);
    expect(term).toBe(`x${'𐐨'.repeat(31)}`);
  });

  it('are never empty, though a word be made of what is left out', () => {
    expect(analyzeText('ـ ـَ', 'ar').every((term) => term.length > 0)).toBe(true);
  });

  it('are made of any word by the rules of any language', () => {
    const collections = join(import.meta.dirname, '..', '..', '..', 'collections');
    const texts = readdirSync(collections, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('corpus.jsonl'));
    const words = [...new Set(texts.flatMap((name) => wordsToAnalyze(readFileSync(join(collections, name), 'utf8'))))].filter(
      (_, at) => at % 20 === 0,
    );
    for (const language of Object.keys(stemmers)) {
      for (const word of ['традиционен', 'съвременен', ...words]) expect(termOfWord(word, language)).not.toBe('');
    }
  });

  it('do not depend on a language that is not known, or has no stemmer', () => {
    expect(analyzeText('lamps')).toEqual(analyzeText('lamps', 'en'));
    expect(analyzeText('Lampy Café', 'cs')).toEqual(['lampy', 'cafe']);
  });
});

it.each([
  ['ar', 'الكتاب كتاب كِتَاب', 'كتاب'],
  ['ar', 'أحمد احمد آحمد', 'احمد'],
  ['ar', 'مدرسة مدرسه', 'مدرسه'],
  ['bg', 'градът градове градовете града', 'град'],
  ['bg', 'книгата книги книгите', 'книга'],
  ['bg', 'традиционна традиционни традиционният', 'традиционно'],
  ['da', 'lamperne lampe lamper', 'lampe'],
  ['de', 'Häuser Haus Hauses', 'Haus'],
  ['de', 'Bücher Buches', 'Buch'],
  ['de', 'Straße STRASSE Straßen', 'Strasse'],
  ['el', 'λόγοι λόγου ΛΟΓΟΣ', 'λόγος'],
  ['el', 'θάλασσας θάλασσες', 'θάλασσα'],
  ['el', 'γράμματος γραμμάτων γράμματα', 'γράμμα'],
  ['el', 'χτίστηκαν', 'χτίστηκε'],
  ['es', 'canciones CANCIÓN', 'cancion'],
  ['es', 'niños nino', 'niño'],
  ['fi', 'talossa talon', 'talo'],
  ['fi', 'lamput lampun', 'lamppu'],
  ['fr', 'histoires', 'histoire'],
  ['fr', 'mangé mangée mange', 'manger'],
  ['fr', 'l’homme d’hommes qu’hommes', 'homme'],
  ['hi', 'किताबें किताबों', 'किताब'],
  ['hi', 'लड़कों लड़के', 'लड़का'],
  ['hi', 'हिन्दी हिंदी', 'हिंदी'],
  ['hi', 'चाँद चांद', 'चाँद'],
  ['hi', '१९९५', '1995'],
  ['ar', '١٩٩٥ ۱۹۹۵', '1995'],
  ['th', '๑๙๙๕', '1995'],
  ['th', 'ต่างๆ', 'ต่าง'],
  ['vi', 'hoà', 'hòa'],
  ['vi', 'thuỷ', 'thủy'],
  ['it', 'lampade', 'lampada'],
  ['it', 'antichi antiche', 'antichi'],
  ['it', 'città CITTÀ', 'citta'],
  ['it', 'dell’acqua l’acqua un’acqua', 'acqua'],
  ['ko', '등대는 등대를 등대에서 등대와의', '등대'],
  ['ko', '집은 집이 집에 집으로', '집'],
  ['nl', 'lampen', 'lamp'],
  ['pl', 'latarniami latarniach LATARNIĘ', 'latarnia'],
  ['pl', 'Warszawie Warszawą', 'Warszawa'],
  ['pt', 'livros', 'livro'],
  ['pt', 'falaram falando', 'falar'],
  ['ro', 'cărțile cărților', 'cărți'],
  ['ro', 'orașului orașele', 'oraș'],
  ['ro', 'acţiunilor', 'acțiune'],
  ['ru', 'книги книгу книгами', 'книга'],
  ['ru', 'ёлки ёлка', 'елка'],
  ['en', 'wrote written writes', 'writing'],
  ['en', 'women WOMEN woman’s', 'woman'],
  ['en', 'thoughts thought', 'thinking'],
  ['en', 'LEDs', 'LED'],
  ['en', 'shots', 'shot'],
  ['en', 'spokes', 'spoke'],
  ['en', 'saws', 'saw'],
  ['en', 'ёлка', 'елка'],
  ['sv', 'lamporna lampor', 'lampa'],
  ['tr', 'kitaplar kitaplarda', 'kitap'],
  ['tr', 'metinden metinler', 'metin'],
  ['tr', 'kopyaladı kopyalayacak', 'kopyalamak'],
  ['tr', "Ankara’nın Ankara'da", 'Ankara'],
  ['tr', 'NASA’nın', 'NASA'],
  ['tr', '2015’te', '2015'],
  ['tr', 'IŞIK Işık', 'ışık'],
  ['uk', 'книги книгу', 'книга'],
  ['uk', 'п’ять пʼять', "п'ять"],
  ['ko', 'KBS는 KBS에서', 'KBS'],
  ['ko', '2019년을 2019년에', '2019년'],
  ['ko', '10만의 10만을', '10만'],
])('in %s the words %s are forms of %s', (language, forms, word) => {
  const [expected] = analyzeText(word, language);
  expect(new Set(analyzeText(forms, language))).toEqual(new Set([expected]));
});

it.each([
  ['vi', 'mà', 'ma'],
  ['vi', 'bán', 'bạn'],
  ['ja', 'ガラス', 'カラス'],
  ['ja', 'ばら', 'はら'],
  ['be', 'мой', 'мои'],
  ['de', 'Haus', 'Hase'],
  ['vi', 'hòa', 'hóa'],
  ['pl', 'kot', 'koc'],
  ['ro', 'mare', 'mar'],
  ['el', 'ναι', 'ναός'],
  ['it', 'mila', 'milano'],
  ['en', 'b52s', 'b52'],
  ['fr', 'aujourd’hui', 'hui'],
  ['ko', '100만', '100'],
  ['ko', '25도', '25'],
])('in %s «%s» is not «%s»', (language, one, other) => {
  expect(analyzeText(one, language)).not.toEqual(analyzeText(other, language));
});

it.each([
  ['getUserById', ['getuserbyid']],
  ['b52s', ['b52s']],
  ['utf-8', ['utf', '8']],
  ['snake_case_name', ['snake', 'case', 'name']],
  ['C++', ['c']],
  ['v1.2.3', ['v1', '2', '3']],
  ['e621f', ['e621f']],
])('the name %s is found as %j in all languages', (name, terms) => {
  for (const language of ['en', 'de', 'ru', 'ja', 'tr']) {
    const found = analyzeText(name.toLowerCase(), language);
    expect(analyzeText(name, language)).toEqual(found);
    if (language === 'en') expect(found).toEqual(terms);
  }
});

it('the beginning of a word is the beginning of its term', () => {
  expect(analyzeBeginning('MÜN', 'de')).toBe('mun');
  expect(analyzeBeginning('l’Été', 'fr')).toBe('ete');
  expect(analyzeBeginning('BÀ', 'vi')).toBe('bà');
  expect(analyzeBeginning('l’', 'fr')).toBe('l');
});

it('a Turkish stem is no word of another language, and no half of a letter', () => {
  expect(analyzeText('lighthouse', 'tr')).not.toEqual(analyzeText('light', 'en'));
  expect(analyzeText('metinler', 'tr')).toEqual(analyzeText('metin', 'tr'));
  for (const term of analyzeText('𐐔𐐯𐑅𐐨𐑉𐐯𐐻', 'tr')) expect(term).not.toMatch(/\p{Cs}/u);
});
