import { once } from '../once';

/**
 * Words that carry a sentence's grammar and little of what it says, by ISO 639-1 code. They weigh next to nothing when two sentences are compared, and
 * tell the languages of one script apart.
 */
const lists: Readonly<Record<string, string>> = {
  en: `a an the and or but nor so if then than that this these those there here it its he she they them his her their theirs him we our us you your i my me
    who whom whose which what when where why how is are was were be been being am do does did done doing have has had having will would shall should can could
    may might must of in on at by to for from with without into onto upon over under about as not no also such both each any some all most more very just only
    while during until because however therefore thus moreover furthermore additionally though although per via out up off`,
  de: `der die das den dem des ein eine einen einem einer eines und oder aber denn wenn als dass daß dieser diese dieses diesen diesem es er sie ihn ihm ihr ihre
    ihren ihrem ihrer sein seine seinen seinem seiner wir uns unser ich mich mir du wer was wann wo warum wie welche welcher welches ist sind war waren wird
    werden wurde wurden worden hat haben hatte hatten kann können konnte soll sollte muss musste von im in an am auf bei zu zum zur für aus mit ohne über unter um
    nach vor durch nicht kein keine auch nur noch schon sehr so sich man bis seit während weil jedoch daher sowie ins vom beim`,
  fr: `le la les l un une des du de d et ou mais si que qui quoi dont où quand comment pourquoi ce cet cette ces il elle ils elles on nous vous je tu me te se son
    sa ses leur leurs notre nos est sont était étaient être été a ont avait avaient avoir eu fait font à au aux en dans sur sous par pour avec sans chez vers
    entre ne pas plus aussi très tout tous toute toutes y lui eux comme afin ainsi donc car lors selon depuis pendant n s c qu j`,
  es: `el la los las lo un una unos unas y e o u pero si que quien quién cual cuál cuando cuándo donde dónde como cómo porque este esta estos estas ese esa eso esto
    él ella ellos ellas se su sus le les nos yo tú mi me te es son era eran fue fueron ser sido está están estaba ha han había habían haber hay de del en a al por
    para con sin sobre entre hasta desde no ni más también muy todo todos toda todas ya según durante`,
  it: `il lo la i gli le l un uno una e ed o ma se che chi cui quale quali quando dove come perché questo questa questi queste quello quella egli lui lei essi loro
    suo sua suoi sue si ci vi ne mi ti è sono era erano fu furono essere stato stata stati state ha hanno aveva avevano avere di del dello della dei degli delle d a
    al allo alla ai agli alle da dal dalla dai in nel nella nei nelle con su sul sulla per tra fra non più anche molto tutto tutti già`,
  pt: `o a os as um uma uns umas e ou mas se que quem qual quais quando onde como porque este esta estes estas esse essa isso isto ele ela eles elas seu sua seus
    suas lhe nos eu meu é são era eram foi foram ser sido está estão estava tem têm tinha há de do da dos das em no na nos nas por pelo pela pelos pelas para com
    sem sobre entre até desde ao à aos às não nem mais também muito todo todos já segundo durante`,
  nl: `de het een en of maar als dan dat die dit deze er hij zij ze hem haar hun zijn wij we ons onze ik mij je jij u wie wat wanneer waar waarom hoe welke is was
    waren wordt worden werd werden geworden heeft hebben had hadden kan kunnen kon zal zou moet van in op aan bij te tot voor uit met zonder over onder om naar door
    niet geen ook nog al zeer zich men sinds tijdens omdat echter`,
  ru: `и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было вот от меня еще ещё нет о из ему когда даже ну ли если
    уже или ни быть был него до вас нибудь там потом себя ей они тут где есть для мы тебя их чем была сам без будто раз тоже под будет кто этот этого эта это эти
    этой этом были при об который которая которое которые также`,
  sv: `en ett den det de och eller men om som att är var vara varit blir blev har hade kan ska skulle i på av till från med utan för vid över under inte också han hon
    han honom henne deras sin sitt sina vi jag du vad när där hur`,
  tr: `ve veya ya da ama fakat bir bu şu o ki de için ile gibi kadar daha çok en ne mi mı mu mü değil olan olarak oldu olduğu idi ise her hem sonra önce`,
  pl: `i w we z ze na do od po o u a ale lub oraz czy że to ten ta te jest są był była było były być się nie tak jak który która które przez dla pod nad przy
    jego jej ich on ona oni go tym tego także`,
  ar: `في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم كان كانت يكون أن إن ما لا لم لن قد و أو ثم كل بعد قبل عند بين حتى كما أي`,
  hi: `का के की को में से पर और या है हैं था थी थे यह वह ये वे ने भी तो ही एक इस उस कि जो नहीं हो गया गई गए लिए साथ अपने कर`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その よう また もの へ か だ これ それ です ます`,
  zh: `的 了 和 是 在 有 与 及 也 于 为 对 以 被 由 从 到 把 而 并 其 他 她 它 这 那 个 就 都 着 中 上 下 之 所`,
};

const sets = once(() => new Map(Object.entries(lists).map(([language, words]) => [language, new Set(words.split(/\s+/))])));

const none: ReadonlySet<string> = new Set();

/** In lower case, as written. */
export function functionWords(language: string): ReadonlySet<string> {
  return sets().get(language) ?? none;
}

/** The languages of Latin letters that have a list. */
export const latinLanguages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'tr', 'pl'] as const;
