/** How lines begin that lead to something else, in the languages most pages are in. */
const openings = [
  'related (post|article|stor|content|topic|news|link)|read (more|also|next)|see also:|also read|you (may|might) also|more (from|on|about|stories|news|articles) |recommended (for|reading)|most (read|popular|viewed)|(popular|latest) (posts|articles|stories|news)|share (this|on)|follow us|subscribe (to|now)|sign up (for|to)|(leave|post|view) a (reply|comment)|(previous|next) (post|article)|if you enjoyed|click here|for the latest|download the|a version of this|(like|find) us on|follow .{1,40} on (twitter|facebook|instagram)|support our|want more|get (the|our) .{1,40} newsletter|©|copyright|watch:|video:|(media|video) (playback )?is (not|unsupported)|unfortunately, this video',
  'das könnte|mehr (zum|dazu|themen|von|aus|infos|artikel|lesen)|(lesen sie|lies|lest) |auch (interessant|auf )|weitere (artikel|info|themen|meldungen|nachrichten|beiträge|links)|(ähnliche|verwandte) (artikel|beiträge|themen)|themen in|passend dazu|(artikel|beitrag|jetzt) (teilen|drucken|kommentieren|abonnieren)|kommentare? |folgen sie|folgt uns|nach oben|(vorheriger|nächster) (artikel|beitrag)|über d(en|ie) autor|lust auf',
  'lire (aussi|la suite)|à lire|sur le même|dans la même|articles (liés|similaires)|voir aussi|en savoir plus|laisser un|abonnez|suivez-nous|les plus lus|(también )?(te|le) puede interesar|(lea|lee|leer|vea|leia|veja) (también|más|também|mais)|(artículos|noticias) relacionad|s[ií]guenos|lo más (leído|visto)|mais lidas|leggi anche|articoli correlati|potrebbe interessar|iscriviti',
  'l(ee|[aeäæ])s (ook|meer|också|også|mer)|(czytaj|zobacz) (też|także|więcej)|читайте также|смотрите также|相关|相關|推荐|延伸|责任编辑|関連|おすすめ|관련|مواضيع ذات',
];
/** And lines that are no more than this, or that name something after a colon. */
const labels =
  'related|recommended|trending|newsletter|advertisement|sponsored|comments?|tags|topics|filed under|share|subscribe|weiterlesen|zum thema|themen|meistgelesen|empfohlen|teilen|drucken|kommentare?|anzeige|werbung|schlagworte|zurück|(presse)?kontakt|ansprechpartner|zur person|partager|commentaires|publicité|mots[- ]clés|compartir|comentarios|publicidad|comentários|commenti|pubblicità|reklama|комментарии|реклама|分享|广告|评论|シェア|コメント|広告|댓글|شارك';
const elsewhere = new RegExp(`^[^\\p{L}]{0,3}(?:${openings.join('|')}|(?:${labels})(?=[^\\p{L}]*$| ?:))`, 'iu');
const pictureCredit =
  /(^|[([|/.,–-]\s*|\s)(photo(graph)?s?|foto|bild|titelbild|beitragsbild|symbolbild|image|picture|credits?|crédits?|quelle|source|fuente|imagen)( by |nachweis|quelle| credits?| ?: ?|s? photos? ?:|\/)|^\W{0,3}©/i;
const longestHeading = 60;
const longestLine = 250;
const longestCredit = 140;

const longestDateLine = 200;
const mostOtherLetters = 30;
/** What lines with dates are made of, besides numbers. */
const dateWords =
  /\p{L}*(day|tag|uary|ember)\b|\b((jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sept?|o[ck]t|nov|de[cz])\p{L}*|[ap]\.?m|[a-z][sd]?t|utc|gmt|uhr|first|last|updated?|modified|posted|published|written|on|at|am|um|min(ute)?s?|read|ago|veröffentlicht|aktualisiert|stand|publié|mis à jour|le|à)\b/giu;
const authorLine = /^(by|von|par|por|text|words|written by):? \p{Lu}/iu;
const longestAuthorLine = 80;

/** A line that says when something was published or changed, and nothing else. */
export function isDateLine(line: string): boolean {
  if (line.length > longestDateLine || !/(19|20)\d\d|\d[:h]\d\d/.test(line)) return false;
  return line.replace(dateWords, '').replace(/[^\p{L}]/gu, '').length <= mostOtherLetters && /\d/.test(line);
}

export function isAuthorLine(line: string): boolean {
  return line.length <= longestAuthorLine && authorLine.test(line);
}

/** Figures that have a number are spoken of in the text. */
export function isNumberedCaption(line: string): boolean {
  return /^\p{L}{1,12}\.? ?\d|\bfig(ure|\.)? ?\d/iu.test(line);
}

/** A line that begins as those do which lead away from an article: enough to tell where they end, not in their middle. */
export function isPointer(line: string): boolean {
  return line.length <= longestLine && elsewhere.test(line);
}

/** A line that leads away from the article: a heading of what follows it, or a pointer with a link or behind a colon. */
export function leadsElsewhere(line: string, linkDensity: number): boolean {
  if (!isPointer(line)) return false;
  return line.length <= longestHeading || linkDensity > 0.3 || /^[^:]{0,40}:/.test(line);
}

/** A line, no sentence of its own, that says whose a picture is. */
export function isPictureCredit(line: string): boolean {
  return line.length <= longestCredit && pictureCredit.test(line);
}
