/** The part of Papa Parse that is used here: its own types ask for those of Node and of the DOM, which `core` does without. */
declare module 'papaparse' {
  interface ParseConfig {
    readonly delimiter: string;
    readonly newline: string;
    readonly preview: number;
    readonly fastMode: boolean;
  }
  interface ParseResult {
    readonly data: string[][];
    readonly errors: readonly { readonly code: string; readonly row?: number }[];
    readonly meta: { readonly cursor: number };
  }
  export function unparse(rows: readonly object[], config: { readonly escapeFormulae: boolean; readonly newline: string }): string;
  export function parse(text: string, config: ParseConfig): ParseResult;
}
