const longestTagCharacters = 100;

/** A tag as it is stored and compared: in lower case, in one Unicode form, with single spaces and without a comma. Empty when nothing is left. */
export function tidyTag(written: string): string {
  return written
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s,，、،]+/gu, ' ')
    .trim()
    .slice(0, longestTagCharacters)
    .trim();
}

/** The tags in what a person wrote with commas between them, each once, in their order. */
export function splitTags(written: string): string[] {
  return tidyTags(written.split(/[,，、،]/));
}

export function tidyTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map(tidyTag).filter(Boolean))];
}
