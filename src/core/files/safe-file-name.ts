/** Not allowed by Windows, or with a meaning of its own in a link of Obsidian. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>:"/\\|?*#^[\]]+/gu;
/** What Windows keeps for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
/** Most systems allow 255 bytes in a name; this leaves room for a number and an ending. */
const longestBytes = 180;

/** A file name that every system takes, as near to a title as can be, without an ending. Empty when nothing of it can stand in a name. */
export function safeFileName(title: string): string {
  const kept = title
    .normalize('NFC')
    .replace(unsafe, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+/, '');
  let name = '';
  let bytes = 0;
  for (const letter of kept) {
    bytes += new TextEncoder().encode(letter).length;
    if (bytes > longestBytes) break;
    name += letter;
  }
  return name.replace(/[\s.]+$/, '').replace(reserved, '$1_');
}

/** Gives names that differ from those it has given, also where upper and lower case, or composed and decomposed letters, are the same. */
export function uniqueNames(): (wanted: string) => string {
  const given = new Map<string, number>();
  const fold = (name: string) => name.normalize('NFKC').toLowerCase();
  return (wanted) => {
    let name = wanted;
    for (let number = given.get(fold(wanted)) ?? 1; given.has(fold(name)); name = `${wanted} (${number})`) {
      number += 1;
      given.set(fold(wanted), number);
    }
    given.set(fold(name), given.get(fold(name)) ?? 1);
    return name;
  };
}
