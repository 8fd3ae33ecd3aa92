import DOMPurify from 'dompurify';

const allowedTags = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption', '#text'],
  ...['a', 'strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'sub', 'sup', 'code', 'kbd', 'samp', 'q', 'cite', 'mark'],
  // Without an address it loads nothing; kept so that its description can stand in for it.
  'img',
];

/**
 * Parses HTML where nothing can load or run, and keeps plain text structure only: no styles, forms, media or frames,
 * no attributes but a link's web or mail address, an image's description, a list's first number, a cell's alignment and a language.
 */
export function sanitiseHtml(html: string): DocumentFragment {
  const clean: DocumentFragment | null = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: ['href', 'alt', 'start', 'align', 'lang'],
    // Else their values would have to look like addresses.
    ADD_URI_SAFE_ATTR: ['start', 'align', 'lang'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  if (clean) return clean;
  // A frameset leaves a document without a body, and nothing to take from it: then the source itself is shown.
  const source = document.createDocumentFragment();
  source.append(html);
  return source;
}
