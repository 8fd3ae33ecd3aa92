import { isAuthorName } from './boilerplate-words';
import { chooseRoot } from './choose-root';
import { markBoilerplate } from './mark-boilerplate';
import { measureText } from './measure-text';
import { readabilityVote } from './readability-vote';
import { trimContent } from './trim-content';
import { normalLine, withLead } from './with-lead';
import { wrapInlineRuns } from './wrap-inline-runs';

/** Finds the main content in a copied page and takes out of it what does not belong there. Changes the copy. */
export function findMainContent(copy: Document, title: string): Element {
  wrapInlineRuns(copy.body);
  const vote = readabilityVote(copy);
  const all = measureText(copy.body, vote);
  const boilerplate = markBoilerplate(copy.body, all, vote, false);
  const measures = measureText(copy.body, vote, boilerplate);
  const { root: chosen, isThread } = chooseRoot(copy.body, measures);
  const root = oneOfSeveralArticles(chosen, title);
  for (const element of boilerplate) if (!isThread || !isAuthorName(element)) element.remove();
  const content = withLead(copy, root, title, vote);
  trimContent(content, title, isThread);
  return content;
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
