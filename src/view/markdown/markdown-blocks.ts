import { Marked, type MarkedExtension, type Token, type Tokens } from 'marked';
import { markPassage, type PassageToken } from '../mark-passage';
import { BoundedLexer, mostReadAgain } from './bounded-lexer';
import { type DrawnBlock, drawnBlock } from './drawn-block';
import { limitNesting } from './limit-nesting';
import { escapeHtml, mathTokens } from './math-tokens';

export interface MarkdownOptions {
  /** A stretch of the text, in UTF-16 code units, to wrap in `<mark>`. */
  readonly passage?: { readonly start: number; readonly end: number } | undefined;
  /** Stretches to wrap in `<u>`: what the person selected. */
  readonly selections?: readonly { readonly start: number; readonly end: number }[] | undefined;
  /** Formulas in TeX are told from text. */
  readonly hasMath?: boolean | undefined;
}

/** What a fence says of its code, as far as it can be the name of a language. */
const languageName = /^[\w+#.-]{1,30}(?=\s|$)/;

const plain: MarkedExtension = {
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
    code({ text, lang, escaped }) {
      const language = languageName.exec(lang ?? '')?.[0];
      return language ? `<pre lang="${language}"><code>${escaped ? text : escapeHtml(text)}\n</code></pre>\n` : false;
    },
  },
};
const marked = new Marked(plain);
const withMath = new Marked(plain, { extensions: mathTokens });

/**
 * Markdown as HTML, for each of its blocks in order. Not safe to show: sanitise it first.
 * When text is appended, only the last block changes (or what a new reference definition bears on).
 */
export function markdownBlocks(text: string, { passage, selections = [], hasMath }: MarkdownOptions = {}): DrawnBlock[] {
  const reader = hasMath ? withMath : marked;
  const source = readable(text);
  let shown: Token[] = new BoundedLexer(reader.defaults).lex(source);
  if (passage) shown = markPassage(shown, source, passage.start, passage.end);
  for (const { start, end } of selections) shown = markPassage(shown, source, start, end, 'u');
  return shown.filter(isShown).map((token) => drawnBlock(token, (part) => reader.parser([part]), passage !== undefined));
}

/** What links that are written as `[text][name]` lead to, by their names. */
export type LinkDefinitions = Readonly<Record<string, Pick<Tokens.Link, 'href' | 'title'>>>;

/** One block of a text, or the space between two. */
export interface ReadBlock {
  /** How much of the text it takes, in UTF-16 code units. */
  readonly length: number;
  /** As `markdownBlocks` gives it; absent where there is nothing to show. */
  readonly drawn?: DrawnBlock;
  readonly defines?: LinkDefinitions;
}

/**
 * The blocks of a Markdown text that is being written, one after the other, so that their lengths make up its own.
 * @param definitions that stand elsewhere
 */
export function readBlocks(text: string, definitions: LinkDefinitions, { hasMath }: Pick<MarkdownOptions, 'hasMath'>): ReadBlock[] {
  const reader = hasMath ? withMath : marked;
  const lexer = new BoundedLexer(reader.defaults, mostReadAgain);
  Object.assign(lexer.tokens.links, definitions);
  return lexer.lex(readable(text)).map((token) => ({
    length: token.raw.length,
    ...(isShown(token) ? { drawn: drawnBlock(token, (part) => reader.parser([part])) } : {}),
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
