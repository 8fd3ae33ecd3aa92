import { partStarts } from '../../core/pages/locators';
import type { PageVersion } from '../../core/pages/page';
import { splitPassages } from '../../core/pages/split-passages';
import type { PageRecord } from '../../storage/pages/page-record';

/**
 * A page as the lines of a backup that hold it. Most are one line; one with more text in its versions than a line may hold is several, each the page as it
 * was when the last of its versions was the newest. Restored one after the other, they come to the whole page, and after any of them there is one that
 * can be read and searched.
 */
export function pageLines(record: PageRecord, lineCharacters: number): PageRecord[] {
  return groupVersions(record.versions, lineCharacters).map((versions, index, groups) => {
    const last = versions.at(-1);
    if (!last || index === groups.length - 1) return { ...record, versions };
    const passages = splitPassages(last.text, record.page.language, partStarts(last.locators ?? []));
    const { embeddedWith: _, ...page } = record.page;
    return { ...record, page: { ...page, version: last.version, passageCount: passages.length }, versions, passages, vectors: [] };
  });
}

function groupVersions(versions: readonly PageVersion[], lineCharacters: number): PageVersion[][] {
  const groups: PageVersion[][] = [];
  let characters = 0;
  for (const version of versions) {
    characters += version.text.length;
    const group = groups.at(-1);
    if (group && characters <= lineCharacters) group.push(version);
    else {
      groups.push([version]);
      characters = version.text.length;
    }
  }
  return groups;
}
