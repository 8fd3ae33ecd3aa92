const scheme = 'file-sha256:';

/** The address that a file without one of its own is filed under: the same bytes are the same page, whatever the file is called. */
export function fileAddress(sha256Hex: string): string {
  return scheme + sha256Hex;
}

/** Whether an address leads anywhere: that of a file that was added leads to nothing but its saved copy. */
export function hasLivePage(url: string): boolean {
  return !url.startsWith(scheme);
}
