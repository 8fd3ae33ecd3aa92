import { wrapInlineRuns } from '../markdown/wrap-inline-runs';
import { isSignature } from './boilerplate-words';
import { chooseRoot } from './choose-root';
import { unshownBody } from './declared-body';
import { markBoilerplate } from './mark-boilerplate';
import { measureText, visibleLength } from './measure-text';
import { readabilityVote } from './readability-vote';
import { trimContent } from './trim-content';
import { normalLine, withLead } from './with-lead';

/** With less text than this share of what it declares, a page has yet to show its article. */
const fewestShown = 0.3;

/** What the page says of itself. */
export interface DeclaredPage {
  readonly title: string;
  readonly byline?: string | undefined;
  readonly body?: string | undefined;
  readonly isPaid: boolean;
}

/** Finds the main content in a copied page and takes out of it what does not belong there. Changes the copy. */
export function findMainContent(copy: Document, { title, byline, body, isPaid }: DeclaredPage): Element {
  const isPress = copy.querySelector('meta[property="og:type"][content*=article]') !== null;
  wrapInlineRuns(copy.body);
  const unshown = isPaid ? undefined : unshownBody(copy, body);
  const vote = readabilityVote(copy, title);
  const all = measureText(copy.body, vote);
  const boilerplate = markBoilerplate(copy.body, all, vote, false);
  const measures = measureText(copy.body, vote, boilerplate);
  const { root: chosen, isThread } = chooseRoot(copy.body, measures);
  const root = oneOfSeveralArticles(chosen, title);
  for (const element of boilerplate) if (!isThread || !isSignature(element)) element.remove();
  const content = withLead(copy, root, title, vote);
  trimContent(content, { title, byline, isThread, isPress, body });
  return unshown && visibleLength(content.textContent ?? '') < fewestShown * visibleLength(unshown.textContent ?? '') ? unshown : content;
}

/** Pages that go on with the next article when they are scrolled hold several: the one the title names is meant, else the first. */
function oneOfSeveralArticles(root: Element, title: string): Element {
  const articles = [...root.querySelectorAll('article')].filter(
    (article) => article.querySelector('h1') && !article.querySelector(':scope article h1'),
  );
  if (articles.length < 2) return root;
  const named = articles.find((article) =>
    [...article.querySelectorAll('h1')].some((heading) => normalLine(heading.textContent ?? '') === normalLine(title)),
  );
  return named ?? articles[0] ?? root;
}
