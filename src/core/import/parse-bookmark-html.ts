import { Parser } from 'htmlparser2';
import { type ItemCollector, itemCollector } from './collect-items';
import type { ImportSource, InPieces, ParsedImport } from './import-item';
import { parseDate } from './parse-date';

const charactersAtATime = 100_000;
/** Of folders: deeper ones count as their parent. */
const maximumDepth = 100;

interface Entry {
  readonly url: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  title: string;
}

/** Whether a text is a list of links as browsers and Pocket export it. */
export function isBookmarkHtml(text: string): boolean {
  const start = text.slice(0, 100_000);
  return /<!doctype\s+netscape-bookmark-file/i.test(start) || /<a\s[^>]{0,5000}\b(add_date|time_added)=/i.test(start);
}

/**
 * Reads a Netscape bookmark file, as all browsers export it (folders in `<dl>` under `<h3>`), and the older export of Pocket (`<ul>` under `<h1>`).
 * Folders become tags, but for the roots that a browser always has.
 */
export function* parseBookmarkHtml(text: string): InPieces<ParsedImport> {
  const collector = itemCollector();
  const reader = bookmarkReader(text, collector);
  for (let at = 0; at < text.length; at += charactersAtATime) {
    reader.write(text.slice(at, at + charactersAtATime));
    yield Math.min(1, at / text.length);
  }
  reader.end();
  return collector.result(reader.source());
}

function bookmarkReader(text: string, collector: ItemCollector) {
  /** The folders that are open; empty for those that have no name, or one that every browser has. */
  const folders: string[] = [];
  let folderTitle: { text: string; isRoot: boolean } | undefined;
  let namedFolder = '';
  let heading: string | undefined;
  let lastHeading = '';
  let entry: Entry | undefined;
  let source: ImportSource = 'bookmark-file';
  const lines = lineCounter(text);

  const finishEntry = () => {
    if (!entry) return;
    const { url, attributes, line, title } = entry;
    entry = undefined;
    const isPocket = 'time_added' in attributes;
    if (isPocket) source = 'pocket';
    collector.add(
      {
        url,
        title: title === url ? undefined : title,
        tags: [...(attributes.tags ?? '').split(','), ...folders.filter(Boolean)],
        savedAt: parseDate(attributes.add_date ?? attributes.time_added),
        isArchived: isPocket && /archive/i.test(lastHeading),
      },
      { line },
    );
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'a') {
        finishEntry();
        // A folder of Firefox that the browser fills by itself has a `place:` address: it is no page.
        const url = attributes.href ?? '';
        if (!url.startsWith('place:')) entry = { url, attributes, line: lines.at(parser.startIndex), title: '' };
      } else if (name === 'h3') {
        finishEntry();
        folderTitle = { text: '', isRoot: 'personal_toolbar_folder' in attributes || 'unfiled_bookmarks_folder' in attributes };
      } else if (name === 'h1') heading = '';
      else if (name === 'dl') {
        if (folders.length < maximumDepth) folders.push(namedFolder);
        namedFolder = '';
      }
    },
    ontext(words) {
      if (folderTitle) folderTitle.text += words;
      else if (heading !== undefined) heading += words;
      else if (entry) entry.title += words;
    },
    onclosetag(name) {
      if (name === 'a') finishEntry();
      else if (name === 'h3' && folderTitle) {
        namedFolder = folderTitle.isRoot ? '' : folderTitle.text;
        folderTitle = undefined;
      } else if (name === 'h1' && heading !== undefined) {
        lastHeading = heading;
        heading = undefined;
      } else if (name === 'dl') {
        finishEntry();
        folders.pop();
      }
    },
  });
  return {
    write: (part: string) => parser.write(part),
    end() {
      parser.end();
      finishEntry();
    },
    source: () => source,
  };
}

/** The line of an offset; offsets must be asked for in rising order. */
function lineCounter(text: string) {
  let line = 1;
  let newline = text.indexOf('\n');
  return {
    at(offset: number): number {
      while (newline >= 0 && newline < offset) {
        line += 1;
        newline = text.indexOf('\n', newline + 1);
      }
      return line;
    },
  };
}
