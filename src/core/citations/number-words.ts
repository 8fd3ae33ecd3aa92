import { once } from '../once';

/** Number words from two on, by ISO 639-1 code; «one» is an article in too many places. Tens and units that are written as one word are taken apart. */
const lists: Readonly<Record<string, string>> = {
  en: `two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18
    nineteen 19 twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 thousand 1000 million 1000000 billion 1000000000 trillion 1000000000000 dozen 12
    third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 eleventh 11 twelfth 12 thirteenth 13 fourteenth 14 fifteenth 15 sixteenth 16 seventeenth 17
    eighteenth 18 nineteenth 19 twentieth 20`,
  de: `zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 zwölf 12 dreizehn 13 vierzehn 14 fünfzehn 15 sechzehn 16 siebzehn 17 achtzehn 18
    neunzehn 19 zwanzig 20 dreißig 30 vierzig 40 fünfzig 50 sechzig 60 siebzig 70 achtzig 80 neunzig 90 hundert 100 tausend 1000 million 1000000 millionen 1000000
    milliarde 1000000000 milliarden 1000000000`,
  fr: `deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14 quinze 15 seize 16 vingt 20 trente 30 quarante 40
    cinquante 50 soixante 60 cent 100 cents 100 mille 1000 million 1000000 millions 1000000 milliard 1000000000 milliards 1000000000`,
  es: `dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12 trece 13 catorce 14 quince 15 veinte 20 treinta 30 cuarenta 40 cincuenta 50
    sesenta 60 setenta 70 ochenta 80 noventa 90 cien 100 ciento 100 mil 1000 millón 1000000 millones 1000000`,
  it: `due 2 tre 3 quattro 4 cinque 5 sei 6 sette 7 otto 8 nove 9 dieci 10 undici 11 dodici 12 tredici 13 quattordici 14 quindici 15 venti 20 trenta 30 quaranta 40
    cinquanta 50 sessanta 60 settanta 70 ottanta 80 novanta 90 cento 100 mille 1000 mila 1000 milione 1000000 milioni 1000000 miliardi 1000000000`,
  pt: `dois 2 duas 2 três 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11 doze 12 treze 13 catorze 14 quinze 15 vinte 20 trinta 30 quarenta 40
    cinquenta 50 sessenta 60 setenta 70 oitenta 80 noventa 90 cem 100 cento 100 mil 1000 milhão 1000000 milhões 1000000`,
  nl: `twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12 twintig 20 dertig 30 veertig 40 vijftig 50 zestig 60 zeventig 70 tachtig 80
    negentig 90 honderd 100 duizend 1000 miljoen 1000000 miljard 1000000000`,
  ru: `два 2 две 2 двух 2 три 3 трёх 3 трех 3 четыре 4 четырёх 4 пять 5 пяти 5 шесть 6 шести 6 семь 7 семи 7 восемь 8 девять 9 десять 10 десяти 10 одиннадцать 11
    двенадцать 12 двадцать 20 тридцать 30 сорок 40 пятьдесят 50 шестьдесят 60 сто 100 тысяча 1000 тысяч 1000 тысячи 1000 миллион 1000000 миллиона 1000000
    миллионов 1000000 миллиард 1000000000 миллиардов 1000000000`,
  ar: `اثنان 2 اثنين 2 ثلاثة 3 ثلاث 3 أربعة 4 أربع 4 خمسة 5 خمس 5 ستة 6 ست 6 سبعة 7 سبع 7 ثمانية 8 تسعة 9 عشرة 10 عشر 10 عشرون 20 عشرين 20 ثلاثون 30 ثلاثين 30
    أربعون 40 أربعين 40 خمسون 50 خمسين 50 مئة 100 مائة 100 ألف 1000 آلاف 1000 مليون 1000000 مليار 1000000000`,
  hi: `दो 2 तीन 3 चार 4 पाँच 5 पांच 5 छह 6 सात 7 आठ 8 नौ 9 दस 10 ग्यारह 11 बारह 12 बीस 20 तीस 30 चालीस 40 पचास 50 सौ 100 हज़ार 1000 हजार 1000 लाख 100000 करोड़ 10000000`,
};

const maps = once(
  () =>
    new Map(
      Object.entries(lists).map(([language, list]) => {
        const parts = list.split(/\s+/);
        return [
          language,
          new Map(parts.flatMap((word, index) => (index % 2 === 0 ? [[word, Number(parts[index + 1])] as const] : []))),
        ] as const;
      }),
    ),
);

const german =
  /^(?:(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)$/;

/** What a word counts, in lower case. */
export function numberOfWord(word: string, language: string): number | undefined {
  const known = maps().get(language);
  const value = known?.get(word);
  if (value !== undefined || language !== 'de') return value;
  const [, units, tens] = german.exec(word) ?? [];
  return tens === undefined ? undefined : (units === 'ein' ? 1 : (known?.get(units ?? '') ?? 0)) + (known?.get(tens) ?? 0);
}

const hanDigits = '〇一二三四五六七八九';
const hanUnits: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000, 萬: 10_000, 亿: 100_000_000, 億: 100_000_000 };

/** The value of a number in Chinese characters, such as 二百四十 or 一九七四. */
export function numberOfHan(written: string): number {
  const digits = [...written.replaceAll('零', '〇').replaceAll('两', '二')];
  if (digits.every((digit) => hanDigits.includes(digit))) return Number(digits.map((digit) => hanDigits.indexOf(digit)).join(''));
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of digits) {
    const unit = hanUnits[character];
    if (unit === undefined) digit = hanDigits.indexOf(character);
    else if (unit >= 10_000) {
      total += (section + digit || 1) * unit;
      section = 0;
      digit = 0;
    } else {
      section += (digit || 1) * unit;
      digit = 0;
    }
  }
  return total + section + digit;
}
