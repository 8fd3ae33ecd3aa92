import { once } from '../once';
import type { BlockKind } from '../text/markdown-blocks';
import type { SentenceTerm } from './sentence-terms';

const question = /[?？؟;]["”’»)*_]*\s*$/u;
/** What introduces a list or a quotation. */
const introduction = /[:：][*_]*\s*$/;

/** Long patterns take long to be read. */
const anyOf = (patterns: readonly string[]) => once(() => new RegExp(patterns.join('|'), 'iu'));

/** What sources are called, and words of not holding something: together they say that the answer is not there. */
const sources = anyOf([
  String.raw`\b(?:passages?|pages?|sources?|documents?|excerpts?|texts?|context|articles?|information|materials?)\b`,
  String.raw`\b(?:Passagen?|Seiten?|Quellen?|Textstellen?|Texte?n?|Dokumente?n?|Informationen|Angaben|Auszüge?n?)\b`,
  String.raw`\b(?:passages?|extraits?|documents?|informations?|textes?|página?s?|pasajes?|fuentes?|textos?|documentos?|información|pagin[ae]|brani|fonti|testi|testo|documenti|informazioni|páginas?|trechos?|passagens|fontes?|informações|pagina's?|bronnen|fragmenten|teksten|informatie|sidor|källor|sayfalar\p{L}*|kaynaklar\p{L}*|stron\p{L}*|źród\p{L}*)\b`,
  'страниц|источник|отрыв|документ|текст|информаци|الصفحات|المصادر|النصوص|المقاطع|معلومات|पृष्ठ|स्रोत|जानकारी|ページ|資料|出典|情報|文章|页面|资料|来源|段落|信息|頁面|페이지|자료|출처|정보',
]);
const lacks = anyOf([
  String.raw`\b(?:not|no|none|nothing|neither|cannot|without|lack\w*|unclear|unknown|unable)\b|n['’]t\b`,
  String.raw`\b(?:nicht|keine?[mnrs]?|nichts|weder)\b|\bn['’]|\b(?:ne|aucune?|rien|ni|no|ningun[oa]?|ningún|nada|non|nessun[oa]?|niente|não|nenhum[a]?|niet|geen|niets|inte|ingen|inget)\b`,
  String.raw`(?:^|\s)(?:не|нет|ни)\s|لا |لم |ليس|नहीं|ない|ません|なかっ|没有|沒有|未|不|없|않|değil|yok|\bnie\b|\bbrak\b`,
]);
const says = anyOf([
  String.raw`\b(?:say|says|said|mention\w*|answer\w*|contain\w*|hold|provid\w*|specif\w*|state[sd]?|stating|address\w*|cover\w*|includ\w*|indicat\w*|discuss\w*|describ\w*|explain\w*|give|given|offer|available|find|found|detail\w*|information|enough|about)\b`,
  String.raw`\b(?:sagen|sagt|steht|stehen|erwähn\p{L}*|beantwort\p{L}*|enthalten|enthält|angegeben|genannt|nennen|hervor|finden|gefunden|Antwort|Angaben|Informationen|Auskunft)\b`,
  String.raw`\b(?:répond\p{L}*|mentionn\p{L}*|indiqu\p{L}*|contien\p{L}*|précis\p{L}*|disent|dit|réponse|respond\p{L}*|mencion\p{L}*|indic\p{L}*|conten\p{L}*|dicen|respuesta|rispond\p{L}*|risposta|menzion\p{L}*|conteng\p{L}*|dicono|contêm|resposta|mencionam|antwoord\p{L}*|vermeld\p{L}*|bevatten|noem\p{L}*|svar\p{L}*|nämn\p{L}*|yanıt\p{L}*|cevap\p{L}*|bilgi\p{L}*|odpowied\p{L}*|zawiera\p{L}*|informac\p{L}*)`,
  'отве|содерж|упомина|сказан|говор|сведен|информац|указан|تجيب|إجابة|تذكر|تحتوي|معلومات|उत्तर|जवाब|बताते|जानकारी|答え|回答|記載|書かれ|述べ|情報|含ま|言及|提到|说明|提供|包含|記|답|언급|나와|정보',
]);
const ignorance = once(
  () =>
    /^\W*(?:I (?:don['’]t|do not|can(?:no|['’])t|could(?: not|n['’]t)|am (?:not|un)|['’]m (?:not|un|sorry)|apologi[sz]e)|(?:I['’]m |I am )?sorry\b|Unfortunately, I\b|(?:Es tut mir|Tut mir) leid|Ich (?:weiß|kann|habe) (?:es |das |dazu )?(?:nicht|keine)|Je (?:ne|suis désolé)|Désolée?\b|Lo siento|No (?:lo sé|puedo)|Mi dispiace|Non (?:lo so|posso)|Desculpe|Não (?:sei|posso)|Het spijt me|Ik (?:weet|kan) (?:het )?niet|Я не (?:знаю|могу)|К сожалению, я|申し訳|わかりません|抱歉|对不起|我不知道|आسف)/iu,
);
const courtesy = once(
  () =>
    /^\W*(?:sure|certainly|of course|hello|hi|hey|great question|good question|you['’]re welcome|thanks?(?: you)?|here(?: is|['’]s| are)|let me know|i hope|feel free|in (?:summary|short|conclusion)|to (?:summari[sz]e|sum up)|overall|natürlich|gern(?:e)?|hallo|hier (?:ist|sind)|zusammenfassend|kurz(?:um| gesagt)|bien sûr|bonjour|voici|en (?:résumé|bref|conclusion)|claro|hola|aquí (?:está|tienes)|en resumen|certo|ciao|ecco|in (?:sintesi|breve)|olá|aqui está|em resumo|natuurlijk|hier (?:is|zijn)|samengevat|конечно|здравствуйте|вот|итак|もちろん|こんにちは|以下|当然|你好|以下是|بالطبع|مرحبا|ज़रूर|नमस्ते)(?![\p{L}\p{N}])/iu,
);
/** Words beyond those of courtesy that make a claim of what begins so. */
const claimAfterCourtesy = 5;

/**
 * Whether a sentence claims something that sources could bear out: not a heading, question, greeting, connective or introduction.
 * @param text of the sentence, plain
 */
export function isClaim(text: string, kind: BlockKind, terms: readonly SentenceTerm[]): boolean {
  if (kind === 'heading' || kind === 'code') return false;
  const content = terms.filter((term) => term.kind !== 'function');
  if (content.length === 0 || question.test(text)) return false;
  if (introduction.test(text) && !content.some(({ kind: is }) => is === 'number')) return false;
  if (courtesy().test(text) && content.length <= claimAfterCourtesy) return false;
  // A word alone, as in a cell or a short item, may be the whole answer; a sentence begun and left at that says nothing.
  return content.length > 1 || content[0]?.kind !== 'word';
}

/** Whether a sentence says that the answer is not there. Some that sound so are claims all the same: «The document did not mention the king.» */
export function isExcuse(text: string): boolean {
  return ignorance().test(text) || (sources().test(text) && lacks().test(text) && says().test(text));
}
