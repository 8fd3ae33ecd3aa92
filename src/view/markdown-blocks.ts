import { Lexer, Marked, type Token, type Tokens } from 'marked';
import { limitNesting } from './limit-nesting';
import { markPassage, type PassageToken } from './mark-passage';

export interface MarkdownOptions {
  /** A stretch of the text, in UTF-16 code units, to wrap in `<mark>`. */
  readonly passage?: { readonly start: number; readonly end: number } | undefined;
  /** Stretches to wrap in `<u>`: what the person selected. */
  readonly selections?: readonly { readonly start: number; readonly end: number }[] | undefined;
}

const marked = new Marked({
  extensions: [
    {
      name: 'passage',
      renderer(token) {
        const { element, tokens } = token as PassageToken;
        return `<${element}>${this.parser.parseInline(tokens)}</${element}>`;
      },
    },
  ],
  tokenizer: {
    // A model that lists its sources as `[1]: address` would otherwise turn every citation mark into a link to wherever it likes.
    def(source) {
      return /^ {0,3}\[\d+\]:/.test(source) ? undefined : false;
    },
  },
  renderer: {
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
});

/**
 * Markdown as HTML, one string for each of its blocks in order. Not safe to show: sanitise it first.
 * When text is appended, only the last block changes (or what a new reference definition bears on).
 */
export function markdownBlocks(text: string, { passage, selections = [] }: MarkdownOptions = {}): string[] {
  const source = readable(text);
  let shown: Token[] = marked.lexer(source);
  if (passage) shown = markPassage(shown, source, passage.start, passage.end);
  for (const { start, end } of selections) shown = markPassage(shown, source, start, end, 'u');
  return shown.filter(isShown).map((token) => marked.parser([token]));
}

/** What links that are written as `[text][name]` lead to, by their names. */
export type LinkDefinitions = Readonly<Record<string, Pick<Tokens.Link, 'href' | 'title'>>>;

/** One block of a text, or the space between two. */
export interface ReadBlock {
  /** How much of the text it takes, in UTF-16 code units. */
  readonly length: number;
  /** As `markdownBlocks` gives it; absent where there is nothing to show. */
  readonly html?: string;
  readonly defines?: LinkDefinitions;
}

/**
 * The blocks of a Markdown text one after the other, so that their lengths make up its own.
 * @param definitions that stand elsewhere
 */
export function readBlocks(text: string, definitions: LinkDefinitions): ReadBlock[] {
  const lexer = new Lexer(marked.defaults);
  Object.assign(lexer.tokens.links, definitions);
  return lexer.lex(readable(text)).map((token) => ({
    length: token.raw.length,
    ...(isShown(token) ? { html: marked.parser([token]) } : {}),
    ...(isDefinition(token) ? { defines: { [token.tag]: { href: token.href, title: token.title } } } : {}),
  }));
}

function isDefinition(token: Token): token is Tokens.Def {
  return token.type === ('def' satisfies Tokens.Def['type']);
}

/** Keeps every offset where it is; the lexer would shorten the text by dropping the carriage returns, and does not bear any depth. */
function readable(text: string): string {
  return limitNesting(text.replaceAll('\r\n', ' \n').replaceAll('\r', '\n'));
}

function isShown(token: { readonly type: string }): boolean {
  return token.type !== ('space' satisfies Tokens.Space['type']) && token.type !== ('def' satisfies Tokens.Def['type']);
}
