import { itemCollector } from './collect-items';
import type { InPieces, ParsedImport } from './import-item';

/** A bookmark or a folder of them, as browsers give them to extensions. */
export interface BookmarkNode {
  readonly title: string;
  /** Absent for a folder. */
  readonly url?: string | undefined;
  /** Milliseconds since 1970. */
  readonly dateAdded?: number | undefined;
  readonly children?: readonly BookmarkNode[] | undefined;
}

/** A page of the browser's history. */
export interface VisitedPage {
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly lastVisitTime?: number | undefined;
  readonly visitCount?: number | undefined;
}

const entriesAtATime = 500;
/** The root, and the bars and menus right under it, which every browser has. */
const unnamedDepth = 2;

/** All bookmarks of a browser, with their folders as tags. */
export function* collectBookmarks(roots: readonly BookmarkNode[]): InPieces<ParsedImport> {
  const collector = itemCollector();
  const waiting = roots.map((node) => ({ node, path: [] as readonly string[], depth: 0 })).reverse();
  let count = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path, depth } = next;
    const { url, title, dateAdded, children = [] } = node;
    if (url !== undefined) {
      // Firefox keeps separators and searches of its own among them.
      if (!/^(place|data:$|about:blank)/.test(url)) collector.add({ url, title, tags: path, savedAt: dateAdded }, {});
      count += 1;
      if (count % entriesAtATime === 0) yield count / (count + waiting.length);
    }
    const within = depth < unnamedDepth ? path : [...path, title];
    for (const child of [...children].reverse()) waiting.push({ node: child, path: within, depth: depth + 1 });
  }
  return collector.result('bookmarks');
}

/** The pages of a history that were visited so often, with the time of the last visit. */
export function* collectHistory(visited: readonly VisitedPage[], minimumVisits: number): InPieces<ParsedImport> {
  const collector = itemCollector();
  for (const [index, { url = '', title, lastVisitTime, visitCount = 0 }] of visited.entries()) {
    // Pages of the browser and of extensions are none that anybody means.
    if (visitCount >= minimumVisits && /^https?:/i.test(url)) collector.add({ url, title, savedAt: lastVisitTime }, {});
    if (index % entriesAtATime === 0) yield index / visited.length;
  }
  return collector.result('history');
}
