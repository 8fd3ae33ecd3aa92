import type { Citation, CivilDate } from './page-citation';

/** An item as citation processors take it: https://github.com/citation-style-language/schema, csl-data.json. */
export interface CslItem {
  readonly id: string;
  readonly type: 'webpage' | 'motion_picture' | 'document';
  readonly title: string;
  readonly author?: readonly ({ readonly family: string; readonly given: string } | { readonly literal: string })[];
  readonly 'container-title'?: string;
  readonly URL: string;
  readonly issued?: CslDate;
  readonly accessed: CslDate;
  readonly language?: string;
}

interface CslDate {
  readonly 'date-parts': readonly [readonly number[]];
}

const types = { webpage: 'webpage', video: 'motion_picture', document: 'document' } as const;

export function cslItem({ key, kind, title, authors, site, url, published, accessed, language }: Citation): CslItem {
  return {
    id: key,
    type: types[kind],
    title,
    ...(authors.length > 0 ? { author: authors } : {}),
    ...(site ? { 'container-title': site } : {}),
    URL: url,
    ...(published ? { issued: cslDate(published) } : {}),
    accessed: cslDate(accessed),
    ...(language ? { language } : {}),
  };
}

function cslDate({ year, month, day }: CivilDate): CslDate {
  return { 'date-parts': [[year, month, day].filter((part) => part !== undefined)] };
}
