/** Something that can be chosen from a menu of the composer. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** In small type beside the label. */
  readonly detail?: string;
  /** What stands in the text in the place of what was typed; nothing, if absent. */
  readonly replacement?: string;
}

/** What a character opens at the beginning of a word in the composer. */
export interface ComposerMenu {
  readonly character: string;
  /** What the list is of, for those who hear it. */
  readonly label: string;
  /** Only the first word of a question opens it. */
  readonly firstWordOnly?: true;
  /** @param sought what has been typed after the character; may be nothing */
  readonly search: (sought: string) => Promise<readonly MenuItem[]>;
  readonly choose?: (item: MenuItem) => void;
}
