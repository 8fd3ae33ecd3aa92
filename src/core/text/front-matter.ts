/** Front matter is a few lines; what is longer is text that begins with dashes. */
const maximumCharacters = 50_000;

export interface SplitText {
  /** The lines between the dashes, which are YAML; empty when the text has no front matter. */
  readonly frontMatter: string;
  /** The text without it. */
  readonly body: string;
}

/** Parts a text from its front matter (https://jekyllrb.com/docs/front-matter/). A rule of dashes that has no `key:` behind it begins none. */
export function splitFrontMatter(text: string): SplitText {
  const block = /^\uFEFF?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/s.exec(text.slice(0, maximumCharacters));
  const [whole = '', frontMatter = ''] = block ?? [];
  const hasKey = /^["']?\w[\w -]{0,100}["']?:(?=\s|$)/m.test(frontMatter);
  return hasKey ? { frontMatter, body: text.slice(whole.length) } : { frontMatter: '', body: text };
}
