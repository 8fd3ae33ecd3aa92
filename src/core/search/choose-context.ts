import type { Page, PageVersion } from '../pages/page';
import { estimateTokens } from '../text/estimate-tokens';
import { plainText } from '../text/plain-text';
import { type JoinedPassage, joinNeighbours } from './join-neighbours';
import { collapseNearDuplicates } from './near-duplicates';
import type { RankedPassage } from './search';
import { spreadOverPages } from './spread-over-pages';

/** A passage together with the page that it stands in. */
export interface ReadPassage extends RankedPassage {
  readonly page: Page;
  readonly pageVersion: PageVersion;
  /** The page was read for the question, and is not in the library. */
  readonly isUnsaved?: true;
}

/** A stretch of a page that is read as one, and cited by one number. */
export interface ContextPassage extends JoinedPassage<ReadPassage> {
  /** How many other pages, of those that were found, say all of it too. */
  readonly otherPages: number;
}

export interface ContextLimits {
  readonly passages: number;
  readonly budgetTokens: number;
  /** Only what was found, as when a person has said which words they do not want to see. */
  readonly foundOnly: boolean;
}

/** What goes with each passage, such as its title, in tokens. */
const tokensAroundPassage = 50;
/** No source takes more of the budget than this share, so that joining never leaves room for one alone. */
const sourceShare = 1 / 4;

/**
 * Chooses what is read of what was found: each thing once, of more than one page where others are as good, and what belongs together as one.
 * @param found the best first
 */
export function chooseContext(found: readonly ReadPassage[], question: string, limits: ContextLimits): ContextPassage[] {
  const compared = found.map((passage) => ({ ...passage, ...describe(passage) }));
  const otherPages = new Map(collapseNearDuplicates(compared, question).map(({ passage, otherPages }) => [passage, otherPages]));
  const chosen = spreadOverPages([...otherPages.keys()]).slice(0, limits.passages);
  const chosenTokens = chosen.reduce((sum, { markdown }) => sum + estimateTokens(markdown) + tokensAroundPassage, 0);
  const joined = joinNeighbours(chosen, ({ pageVersion }) => pageVersion.text, {
    sourceTokens: limits.budgetTokens * sourceShare,
    addedTokens: limits.foundOnly ? 0 : Math.max(0, limits.budgetTokens - chosenTokens),
  });
  return joined.map((stretch) => ({
    ...stretch,
    otherPages: Math.min(...stretch.passages.map((passage) => otherPages.get(passage) ?? 0)),
  }));
}

function describe({ page, pageVersion, headingPath, start, end, startsInCode }: ReadPassage) {
  const markdown = pageVersion.text.slice(start, end);
  return { markdown, text: plainText(markdown, startsInCode), place: [page.title, ...headingPath].join('\n') };
}
