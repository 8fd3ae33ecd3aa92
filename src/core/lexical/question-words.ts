import { functionWords } from '../citations/function-words';
import { compatibilityForm } from '../text/compatibility-form';

/**
 * Words by which questions ask, by ISO 639-1 code, in lower case; a star stands for any ending. Texts seldom hold them, so that by their rarity alone they
 * would count for as much as what is asked about.
 */
const lists: Readonly<Record<string, string>> = {
  ar: `ما ماذا من متى أين لماذا كيف كم أي أية بأي هل لمن بماذا مم عم أيّ أيّة لأي بكم`,
  bg: `какво какъв каква какви кой коя кое кои кого кому кога къде откъде защо как колко чий чия`,
  ca: `què quin quina quins quines qui quan on com quant quanta quants quantes`,
  cs: `co čeho čemu čím kdo koho komu kým kdy kde kam odkud proč jak jaký jaká jaké kolik který která které čí`,
  da: `hvad hvem hvis hvornår hvor hvorfor hvordan hvilken hvilket hvilke`,
  de: `was wer wen wem wessen wann wo woher wohin warum wieso weshalb wie viel viele wieviel wieviele welch* wofür womit wodurch worin woran woraus worauf worüber
    wovon wovor wozu wonach`,
  el: `τι ποιος ποια ποιο ποιοι ποιες ποιους ποιον ποιαν ποιου ποιας ποιων ποιός ποιά ποιό ποιοί ποιές πότε πού που πώς πως γιατί πόσ*`,
  en: `what who whom whose which when where why how many much did do does`,
  es: `qué que quién quiénes quien cuál cuáles cual cuándo cuando dónde donde adónde cómo como cuánt* cuanto cuanta cuantos cuantas`,
  fi: `mikä minkä mitä missä mistä mihin millä miltä mille millai* minkälai* mitkä kuka kenen ketä kenelle ketkä kuinka miten miksi milloin montako paljonko moni
    monta kumpi`,
  fr: `que quoi qui quel quelle quels quelles lequel laquelle quand où d'où comment pourquoi combien est-ce qu'est ce`,
  he: `מה מי מתי איפה היכן מאיפה לאן למה מדוע איך כיצד כמה איזה איזו אילו האם`,
  hi: `क्या कौन* किस किसने किसे किसका किसकी किसके किससे किसमें किन किनके किन्हें कब कहाँ कहां क्यों कैसे कैसा कैसी कितना कितने कितनी किसको किसलिए किन्होंने`,
  hu: `mi mit miért mikor ki kit kinek hol hová honnan hogyan hány mennyi melyik milyen`,
  id: `apa apakah siapa siapakah kapan kapankah mana manakah dimana mengapa kenapa bagaimana bagaimanakah berapa berapakah`,
  it: `che cosa cos'è chi quale quali qual quando dove dov'è come com'è perché quanto quanta quanti quante`,
  ja: `何 なに なん 誰 だれ いつ どこ なぜ どう どの どれ どんな どちら いくつ いくら どのよう 何故`,
  ko: `무엇* 뭐* 뭘 누구* 누가 언제* 어디* 어딜 왜 어떻게 어떤 어느 몇* 얼마* 무슨`,
  nl: `wat wie wiens wanneer waar waarom hoe hoeveel welk welke waarvoor waarmee waaruit`,
  no: `hva hvem hvis når hvor hvorfor hvordan hvilken hvilket hvilke`,
  pl: `co czego czemu czym kto kogo komu kim kiedy gdzie dokąd skąd dlaczego jak jaki jaka jakie ile który która które czyj czyja`,
  pt: `que quê quem qual quais quando onde aonde como porquê quanto quanta quantos quantas`,
  ro: `ce cine cui care căruia căreia cărui cărei cărora când cand unde cum cât câtă câte câți câţi câtor`,
  ru: `что чего чему чем кто кого кому кем как какой какая какое какие каким какими каких какую какого какому каком каков какова каково каковы когда где куда откуда почему отчего зачем сколько скольких чей чья чьё чьи`,
  sr: `шта ко кога коме када где зашто како колико који која које šta tko ko koga kada gdje gde zašto kako koliko koji koja koje`,
  sv: `vad vem vems när var vart varför hur vilken vilket vilka`,
  ta: `என்ன யார் எப்போது எங்கே எங்கு ஏன் எப்படி எத்தனை எவ்வளவு எந்த எது`,
  th: `อะไร ใคร ที่ไหน ไหน เมื่อไร เมื่อไหร่ เมื่อใด อย่างไร ยังไง ทำไม เหตุใด กี่ เท่าไร เท่าไหร่ เท่าใด ใด ไหร่ ไง`,
  tr: `ne nedir neydi nelerdir neyi neyin neye neler neden nerede* nereye nereli neresi niçin niye nasıl hangi* kim kimin kimi kime kimler kimdir kimdi kimlerdir kaç kaçta kaçtır kaçıncı mi mı mu mü`,
  uk: `що чого чому чим хто кого кому ким коли де куди звідки навіщо як який яка яке які якого якій якому яких яким яку скільки чий чия`,
  vi: `gì ai nào đâu bao nhiêu mấy sao khi thế`,
  zh: `什么 什麼 谁 誰 哪 哪里 哪裡 哪些 哪个 哪個 哪儿 哪种 哪一 何 何时 何時 何地 何处 如何 为什么 為什麼 为何 怎么 怎麼 怎样 怎樣 怎么样 多少 多久 多大 几 几年 几个 多 哪位 哪年 是否 吗 呢`,
};

interface Words {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

const words = new Map<string, Words>();

/** Made when first asked for: a worker that only starts needs none. */
function askingWords(language: string): Words {
  const known = words.get(language);
  if (known) return known;
  const all = compatibilityForm(lists[language] ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const made = {
    whole: new Set(all.filter((word) => !word.endsWith('*'))),
    beginnings: all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
  };
  words.set(language, made);
  return made;
}

function isAsking(word: string, language: string): boolean {
  const { whole, beginnings } = askingWords(language);
  return whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}

/** Whether a question is made of words alone that say nothing without another question, as «and why?», in some language. @param words as written */
export function saysNothingByItself(words: readonly string[]): boolean {
  const lower = words.map(asLookedUp);
  return Object.keys(lists).some((language) => lower.every((word) => functionWords(language).has(word) || isAsking(word, language)));
}

const asLookedUp = (word: string) => word.toLowerCase().replaceAll('’', "'").replace(/'s$/, '');

/** What words of a question count for that say how it asks, and what its other small words do. Tuned on the collections of docs/search-trials.md. */
const emphases = { asking: 0.3, small: 0.6 } as const;

/**
 * How much each word of a question counts, from 0 to 1, by the language of those given that most of its small words are of. All count in full where nothing
 * asks: then it may be a title or a sentence that is looked for as it stands.
 * @param words of the question as written, in compatibility form
 * @param languages ISO 639-1, the most frequent in the library first
 */
export function questionEmphases(words: readonly string[], languages: readonly string[]): number[] {
  const lower = words.map(asLookedUp);
  let [language, most] = ['', 0];
  for (const candidate of languages) {
    const small = functionWords(candidate);
    const found = lower.filter((word) => small.has(word) || isAsking(word, candidate)).length;
    if (found > most) [language, most] = [candidate, found];
  }
  const asks = lower.map((word) => isAsking(word, language));
  if (!asks.includes(true)) return lower.map(() => 1);
  const small = functionWords(language);
  return lower.map((word, index) => (asks[index] ? emphases.asking : small.has(word) ? emphases.small : 1));
}
