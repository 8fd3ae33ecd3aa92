/** The address of the side panel's page, from the root of the extension, with something to look for in the Library. For a tab, where the panel itself can't be opened. */
export function libraryPath(sought: string): string {
  return `src/sidepanel/index.html?${new URLSearchParams({ find: sought })}`;
}

/** @param search the query of the page's own address. @returns what is to be looked for, which may be empty; `undefined` when nothing was said of it */
export function soughtIn(search: string): string | undefined {
  return new URLSearchParams(search).get('find') ?? undefined;
}

/** The same address with the Tune view. */
export function tunePath(): string {
  return 'src/sidepanel/index.html?view=tune';
}

/** @param search the query of the page's own address */
export function isTuneAsked(search: string): boolean {
  return new URLSearchParams(search).get('view') === 'tune';
}
