const endsInHangul = /[\uac00-\ud7a3]$/;
const firstSyllable = 0xac00;
/** Syllables that begin alike follow one another: first that without a final consonant, then one with each of 27. */
const finals = 28;
const finalL = 8;

/** Particles and forms of “to be” that stand behind a syllable with a final consonant, behind one without, and behind any. */
const lists = {
  closed: `은 이 을 과 이나 이라 이라는 이라고 이란 이며 이고 이다 이었다 이었던 입니다 으로 으로는 으로서 으로써 으로부터 과의 과는 과도 인가 인가요 이든`,
  open: `는 가 를 와 나 라 라는 라고 란 며 고 다 였다 였던 와의 와는 와도`,
  openOrL: `로 로는 로서 로써 로부터`,
  any: `의 에 에서 에서는 에서도 에서의 에는 에도 에게 에게는 에게서 한테 한테서 까지 까지는 까지의 부터 부터는 처럼 보다 보다는 마다 조차 마저 밖에 도 만 만이 만을 만의 께 께서
    들 들은 들이 들을 들의 들과 들도 들에게 대로 만큼 뿐 뿐만 하고`,
} as const;

type Before = keyof typeof lists;

/** After a single syllable these are mostly the end of a noun: 나라, 바다, 사고, 지도, 회의. */
const afterTwoSyllables = new Set('의 도 만 나 다 고 라 란 며 로 들 뿐 께 하고 대로'.split(' '));

/** After a number these are what is counted: 10만 are 100,000, 25도 are degrees. */
const mayCount = /^[만도]/;

const particles = Object.entries(lists)
  .flatMap(([before, words]) => words.split(/\s+/).map((particle) => ({ particle, before: before as Before })))
  .sort((one, other) => other.particle.length - one.particle.length);

/**
 * A Korean noun without the particles written together with it: “등대는” and “등대에서” are “등대”. Which particle follows goes by how the noun ends, so most
 * nouns that only end like one are left alone. Verbs and other words are left as they are.
 */
export function stemKorean(word: string): string {
  if (!endsInHangul.test(word)) return word;
  for (const { particle, before } of particles) {
    const rest = word.length - particle.length;
    if (rest < 1 || !word.endsWith(particle) || (rest < 2 && afterTwoSyllables.has(particle))) continue;
    if (mayCount.test(particle) && /\p{N}/u.test(word.charAt(rest - 1))) continue;
    if (mayStandBefore(word.charCodeAt(rest - 1), before)) return word.slice(0, rest);
  }
  return word;
}

function mayStandBefore(syllable: number, before: Before): boolean {
  // How a number or a word of other letters is spoken is not known.
  if (syllable < firstSyllable) return true;
  const final = (syllable - firstSyllable) % finals;
  if (before === 'closed') return final !== 0;
  if (before === 'open') return final === 0;
  return before === 'any' || final === 0 || final === finalL;
}
