const stopWords = new Set(
  (
    'a about above after again against all also am an and any are as at be because been before being below between both but by can could did do does ' +
    'doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just let me more most my no nor ' +
    'not now of off on once only or other our ours out over own per s same say says said she should so some such t tell than that the their theirs them then there ' +
    'these they this those through to too under until up us very was we were what when where whether which while who whom whose why will with would you your yours ' +
    'according many much page pages please saved ' +
    'في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي كان كانت هو هي ما ماذا متى أين اين كيف كم هل أن ان إن لا لم لن قد و أو او ثم بين كل بعد قبل'
  ).split(' '),
);

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;
// Scripts written without spaces between words, which need a dictionary to be cut.
const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** All words of a text, lower-cased and in one Unicode form, in order and with repeats. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]s\b/gu, '')
    .replaceAll(/(\d)[,\u202f](?=\d{3})/gu, '$1');
  const runs = plain.match(wordPattern) ?? [];
  return runs.flatMap((run) => (unspacedScript.test(run) ? [...segmenter.segment(run)].map((segment) => segment.segment) : [run]));
}

function stemEnglish(word: string): string {
  let stem = word;
  if (stem.length > 4 && stem.endsWith('ies')) stem = `${stem.slice(0, -3)}y`;
  else if (stem.length > 4 && /(?:ss|x|ch|sh)es$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.length > 3 && /[^su]s$/.test(stem)) stem = stem.slice(0, -1);
  const shorter = stem.replace(/(?:ingly|edly|ing|ed|ly|ation|ment)$/, '');
  if (shorter !== stem && shorter.length >= 3) stem = shorter.replace(/([^aeiouls])\1$/, '$1');
  return stem.length > 3 ? stem.replace(/e$/, '') : stem;
}

function stemArabic(word: string): string {
  const plain = word
    .replaceAll(/[\u064b-\u0652\u0640]/gu, '')
    .replaceAll(/[أإآ]/gu, 'ا')
    .replaceAll('ة', 'ه')
    .replaceAll('ى', 'ي');
  const bare = plain.replace(/^(?:وال|بال|كال|فال|لل|ال)(?=.{3})/u, '');
  return bare.replace(/(?<=.{3})(?:ات|ين|ون|ها|ه)$/u, '');
}

/** Cuts common endings off a word, crudely: enough for “baking” and “baked” to meet. */
export function stem(word: string): string {
  if (/^[a-z]+$/.test(word)) return stemEnglish(word);
  return /\p{Script=Arabic}/u.test(word) ? stemArabic(word) : word;
}

/** True for a word that says nothing of what a text is about: “the”, “what”, and the particles and endings of Japanese. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word) || /^\p{Script=Hiragana}{1,4}$/u.test(word);
}

/** The words of a text that say what it is about, stemmed, in order and with repeats. */
export function contentWords(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}
