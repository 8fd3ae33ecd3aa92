/** How lines begin that lead to something else, in the languages most pages are in. */
const openings = [
  'related (post|article|stor|content|topic|news|link)|read (more|also|next)|see also:|also read|you (may|might) also|more (from|on|about|stories|news|articles) |recommended (for|reading)|most (read|popular|viewed)|(popular|latest) (posts|articles|stories|news)|share (this|on)|follow us|subscribe (to|now)|sign up (for|to)|(leave|post|view) a (reply|comment)|(previous|next) (post|article)|if you enjoyed|click here|for the latest|download the',
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

/** A line that leads away from the article: a heading of what follows it, or a pointer with a link or behind a colon. */
export function leadsElsewhere(line: string, linkDensity: number): boolean {
  if (line.length > longestLine || !elsewhere.test(line)) return false;
  return line.length <= longestHeading || linkDensity > 0.3 || /^[^:]{0,40}:/.test(line);
}

/** A line, no sentence of its own, that says whose a picture is. */
export function isPictureCredit(line: string): boolean {
  return line.length <= longestCredit && pictureCredit.test(line);
}
