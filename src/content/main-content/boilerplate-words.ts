/**
 * Words in class names and ids by which pages, whoever made them, call what is not the article. Compared with whole words: `share-bar` and
 * `shareBar` have the word `share`, `shareholder` has not.
 */
const boilerplateWords = wordSet(
  // Ways around the site
  'breadcrumb breadcrumbs nav navbar navigation navi menu submenu pager pagination sitemap masthead backtotop prevnext metanavigation topbar subnav',
  // Sharing and asking for something
  'share sharing shares sharer addtoany addthis sharedaddy social socials shariff signup login paywall donate feedback teilen jetpack',
  // More of the site
  'outbrain taboola trending mostread mostpopular readmore readnext morefrom similar upnext yarpp crosslinks relacionadas verwandte gallery galleries slideshow carousel playlist',
  // Around the article
  'sidebar footer bio biography tags taglist tagcloud postmeta entrymeta articlemeta',
  // Advertising
  'ad ads adslot adsense anzeige werbung disclosure popup modal lightbox affiliate',
  // A wiki's own tools
  'editsection jumplink catlinks printfooter headerlink',
);

/** How words begin that pages join to others as they please: `relatedposts`, `newsletterbox`. */
const boilerplateStems = /^(related|recommend|newsletter|subscri|promo|advert|sponsor)/;

const authorWords = wordSet('author authors autor autoren');
const signatureWords = wordSet('author authors autor user username poster nick nickname member avatar byline message sender');

/** Words that an article's own parts bear too: these count only against what has few sentences. */
const maybeBoilerplateWords = wordSet(
  'byline dateline date datum time timestamp published pubdate meta metadata credits credit copyright disclaimer legal imprint category categories keywords tag topics topic teaser teasers latest popular more suggested follow cta rating vote print like register tools toc skip permalink widget widgets overlay banner views buttons icons actions contact kontakt profile avatar kicker',
);

const captionWords = wordSet('caption captions figcaption imagecaption');

const consentWords = wordSet('cookie cookies consent gdpr cookiebanner cookiebar cookieconsent cmp onetrust');

const commentWords = wordSet('comment comments commentlist disqus respond reply kommentare commentaires comentarios trackbacks pingbacks');

/** Said of a whole page rather than of the thing itself: `has-sidebar`, `with-comments`, `no-share`. */
const qualifiers = wordSet('has have with no not without is hide show hentry');

export function isAuthorName(element: Element): boolean {
  return hasWord(element, authorWords);
}

/** Whether an element says who wrote a post, or when. */
export function isSignature(element: Element): boolean {
  return (
    element.localName === 'time' ||
    /author/.test(`${element.getAttribute('itemprop')} ${element.getAttribute('rel')}`) ||
    hasWord(element, signatureWords)
  );
}

export function isBoilerplateName(element: Element): boolean {
  return hasWord(element, boilerplateWords, boilerplateStems) || isAuthorName(element);
}

export function isMaybeBoilerplateName(element: Element): boolean {
  return hasWord(element, maybeBoilerplateWords);
}

export function isConsentName(element: Element): boolean {
  return hasWord(element, consentWords);
}

export function isCaptionName(element: Element): boolean {
  return element.localName === 'figcaption' || hasWord(element, captionWords);
}

export function isCommentName(element: Element): boolean {
  return hasWord(element, commentWords);
}

/** Longer names are made from headings (`sharing-with-several-people`), or by programs. */
const mostParts = 4;

function hasWord(element: Element, words: ReadonlySet<string>, stems?: RegExp): boolean {
  for (const name of `${element.className} ${element.id}`.split(/\s+/)) {
    const parts = name
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((part) => part !== '');
    if (parts.length === 0 || parts.length > mostParts || qualifiers.has(parts[0] ?? '')) continue;
    if (parts.some((part, index) => words.has(part) || words.has(part + parts[index + 1]) || stems?.test(part))) return true;
  }
  return false;
}

function wordSet(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').split(' '));
}
