import { describe, expect, it } from 'vitest';
import { chooseEncoding } from '../../../../src/core/files/choose-encoding';

const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

/** The bytes of a text in an encoding of one or two bytes a character, found by decoding all there are. */
function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const bytesOf = new Map<string, number[]>();
  const note = (...bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !bytesOf.has(character)) bytesOf.set(character, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let first = 0; first < 256; first += 1) note(first);
  for (let first = 128; first < 256; first += 1) for (let second = 0x40; second < 256; second += 1) note(first, second);
  return Uint8Array.from([...text].flatMap((character) => bytesOf.get(character) ?? ascii('?')));
}

const texts: Record<string, string> = {
  'windows-1252':
    'Die Lampe wurde am Abend angezündet, und wer die Straße entlangkam, wußte früh, wie die Nacht würde. Très bien, déjà vu.',
  'windows-1251': 'Лампу зажигали в сумерках, и каждый, кто шёл по берегу, знал по её цвету, какой будет ночь.',
  'koi8-r': 'Лампу зажигали в сумерках, и каждый, кто шёл по берегу, знал по её цвету, какой будет ночь.',
  'windows-1253': 'Η λάμπα άναβε το σούρουπο, και όποιος περνούσε από την ακτή ήξερε από το χρώμα της πώς θα ήταν η νύχτα.',
  shift_jis: '灯台のランプは夕暮れに灯され、海辺の道を来る人はみな、その色で夜がどうなるかを知ることができた。',
  'euc-jp': '灯台のランプは夕暮れに灯され、海辺の道を来る人はみな、その色で夜がどうなるかを知ることができた。',
  gb18030: '灯塔的灯在黄昏时点亮，沿着海边走来的人都知道，从它的颜色就可以看出这个夜晚会是什么样子。',
  big5: '燈塔的燈在黃昏時點亮，沿著海邊走來的人都知道，從它的顏色就可以看出這個夜晚會是什麼樣子。',
  'euc-kr': '등대의 등불은 해질녘에 켜졌고, 바닷가 길을 따라 오는 사람은 누구나 그 빛깔로 밤이 어떠할지 알 수 있었다.',
};

describe('without a word about it, a text is told by its bytes to be in', () => {
  it.each(Object.entries(texts))('%s', (encoding, text) => {
    expect(chooseEncoding(encode(text, encoding))).toBe(encoding);
  });

  it('utf-8, if they can be nothing else', () => {
    expect(chooseEncoding(new TextEncoder().encode('Straße, улица, 道'))).toBe('utf-8');
    expect(chooseEncoding(Uint8Array.from(ascii('plain')))).toBe('utf-8');
  });

  it('utf-16, with a mark or without', () => {
    const wide = new Uint8Array(Uint16Array.from([...'A lamp'].map((letter) => letter.charCodeAt(0))).buffer);
    expect(chooseEncoding(wide)).toBe('utf-16le');
    expect(chooseEncoding(Uint8Array.from([0xfe, 0xff, 0, 65]))).toBe('utf-16be');
  });
});

describe('what is said of it counts', () => {
  const bytes = encode('Лампа', 'windows-1251');

  it('the mark before the server, the server before the file', () => {
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]);
    expect(chooseEncoding(marked, { contentType: 'text/html; charset=koi8-r' })).toBe('utf-8');
    const html = Uint8Array.from([...ascii('<meta charset="windows-1251">'), ...bytes]);
    expect(chooseEncoding(html, { contentType: 'text/html; charset=koi8-r', isHtml: true })).toBe('koi8-r');
    expect(chooseEncoding(html, { contentType: 'text/html', isHtml: true })).toBe('windows-1251');
  });

  it('in the long form too, but not in a comment, nor where it is no encoding', () => {
    const long = Uint8Array.from([...ascii('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'), ...bytes]);
    expect(chooseEncoding(long, { isHtml: true })).toBe('koi8-r');
    const comment = Uint8Array.from([...ascii('<!-- <meta charset="koi8-r"> -->'), ...encode(texts['windows-1251'] ?? '', 'windows-1251')]);
    expect(chooseEncoding(comment, { isHtml: true })).toBe('windows-1251');
    expect(chooseEncoding(Uint8Array.from(ascii('x')), { contentType: 'text/plain; charset=none-such' })).toBe('utf-8');
  });
});
