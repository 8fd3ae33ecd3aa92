/** What a page tells search engines about itself, as far as it is used here. */
export interface StructuredData {
  readonly headline?: string | undefined;
  readonly author?: string | undefined;
  readonly published?: string | undefined;
  readonly language?: string | undefined;
  readonly publisher?: string | undefined;
  /** The whole text of the article. */
  readonly body?: string | undefined;
  /** Only for whoever pays. */
  readonly isPaid: boolean;
}

interface Item {
  readonly '@type'?: unknown;
  readonly '@graph'?: unknown;
  readonly mainEntity?: unknown;
  readonly mainEntityOfPage?: unknown;
  readonly headline?: unknown;
  readonly author?: unknown;
  readonly creator?: unknown;
  readonly datePublished?: unknown;
  readonly inLanguage?: unknown;
  readonly publisher?: unknown;
  readonly name?: unknown;
  readonly articleBody?: unknown;
  readonly isAccessibleForFree?: unknown;
  readonly transcript?: unknown;
  readonly video?: unknown;
}

const articleType = /Article|BlogPosting|NewsStory|Report|Review|Recipe|DiscussionForumPosting|Question|SocialMediaPosting/;

/** Reads the JSON-LD of a copied page: of several items, the first that is an article counts. Broken JSON counts as none. */
export function readStructuredData(copy: Document): StructuredData {
  const items = itemsOf(copy);
  const article = items.find((item) => typesOf(item).some((type) => articleType.test(type)));
  return {
    headline: text(article?.headline),
    author: names(article?.author ?? article?.creator),
    published: text(article?.datePublished),
    language: text(article?.inLanguage),
    body: text(article?.articleBody),
    isPaid: /false/i.test(String(article?.isAccessibleForFree)),
    publisher: names(article?.publisher) ?? names(items.find((item) => typesOf(item).includes('WebSite'))),
  };
}

/** What is said in the page's video, where the page tells search engines. */
export function readSpokenText(copy: Document): string | undefined {
  return text(itemsOf(copy).find((item) => typesOf(item).includes('VideoObject') && text(item.transcript))?.transcript);
}

function itemsOf(copy: Document): Item[] {
  const items: Item[] = [];
  for (const script of copy.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      collect(JSON.parse((script.textContent ?? '').replace(/\p{Cc}+/gu, ' ')), items, 0);
    } catch {
      // Many pages have a comma too much here.
    }
  }
  return items;
}

const deepestItem = 4;

function collect(value: unknown, items: Item[], depth: number): void {
  if (depth > deepestItem || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const part of value) collect(part, items, depth);
    return;
  }
  const item = value as Item;
  items.push(item);
  for (const inner of [item['@graph'], item.mainEntity, item.mainEntityOfPage, item.video]) collect(inner, items, depth + 1);
}

function typesOf(item: Item): string[] {
  const type = item['@type'];
  return (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}

function names(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(names).filter(Boolean).join(', ') || undefined;
  return typeof value === 'object' && value !== null ? names((value as Item).name) : text(value);
}
