import { isSignature } from './boilerplate-words';
import type { TextMeasures } from './measure-text';

export interface ChosenRoot {
  readonly root: Element;
  /** Made of several parts alike, such as posts: who wrote each belongs to it. */
  readonly isThread: boolean;
}

/** What one character counts for an element to be the main content. Tuned on the pages of `eval extraction`; see docs/capture.md. */
const linkWeight = -1;
const scrapWeight = -0.5;
const unvotedProseWeight = 0.05;
const unvotedProseWeightOfWeakVote = 0.4;
const contentNameFactor = 1.1;
/** The main content holds at least this share of what the vote keeps. */
const leastVoted = 0.6;
/** A vote is weak when an element that is named as content has this many times more prose than the vote keeps on the whole page. */
const weakVote = 4;

/**
 * The element with the best balance of prose over links and scraps, all of it measured without boilerplate. What Readability keeps counts fully,
 * other prose hardly: unless the vote found nearly nothing.
 */
export function chooseRoot(body: Element, measures: TextMeasures): ChosenRoot {
  const total = measures.get(body)?.votedCharacters ?? 0;
  const isWeak = [...measures].some(([element, measure]) => isContentName(element) && measure.proseCharacters > weakVote * total + 200);
  const proseWeight = isWeak ? unvotedProseWeightOfWeakVote : unvotedProseWeight;
  let best = body;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [element, measure] of measures) {
    if (!isWeak && measure.votedCharacters < leastVoted * total) continue;
    const prose = measure.unvotedProseCharacters;
    const scraps = measure.characters - measure.votedCharacters - prose - measure.linkCharacters - measure.headingCharacters;
    const sum = measure.votedCharacters + proseWeight * prose + linkWeight * measure.linkCharacters + scrapWeight * Math.max(0, scraps);
    const score = sum * (sum > 0 && isContentName(element) ? contentNameFactor : 1);
    // The inner element is measured first: of equals it wins.
    if (score > bestScore) {
      best = element;
      bestScore = score;
    }
  }
  if (bestScore > 0) return withLikeSiblings(best, measures);
  // Lists of links and pages of a few words have no prose to go by.
  const named = [...measures.keys()].filter(isContentName);
  const largest = named.sort((one, other) => (measures.get(other)?.characters ?? 0) - (measures.get(one)?.characters ?? 0))[0];
  return { root: largest ?? body, isThread: false };
}

function isContentName(element: Element): boolean {
  return (
    /^(article|main)$/.test(element.localName) ||
    /articleBody/.test(element.getAttribute('itemprop') ?? '') ||
    /(^|\s)(article|post|entry|story|page|main|blog|news|artikel)[-_]{0,2}(body|content|text|copy|inhalt)(\s|$)/i.test(
      `${element.className} ${element.id}`,
    )
  );
}

const likeSiblingShare = 0.2;
const highestClimb = 4;
const longestMessage = 300;

/** Posts of a thread and sections of a document stand side by side and are made alike; articles that follow one another have their own `h1`. */
function withLikeSiblings(root: Element, measures: TextMeasures): ChosenRoot {
  let element = root;
  for (let level = 0; level < highestClimb; level += 1) {
    const parent = element.parentElement;
    if (!parent || parent.localName === 'html' || element.localName === 'p') break;
    const own = measures.get(element)?.proseCharacters ?? 0;
    const kind = kindOf(element);
    const alike = [...parent.children].filter(
      (sibling) =>
        sibling !== element &&
        sibling.localName === element.localName &&
        kind !== '' &&
        kindOf(sibling) === kind &&
        !sibling.querySelector('h1'),
    );
    // The lines of a chat are no sentences, most of them.
    if (own < longestMessage && alike.length >= fewestPosts && arePosts([element, ...alike])) return { root: parent, isThread: true };
    const withProse = alike.filter((sibling) => (measures.get(sibling)?.proseCharacters ?? 0) >= likeSiblingShare * own);
    if (withProse.length > 0) return { root: parent, isThread: arePosts([element, ...withProse]) };
    element = parent;
  }
  return { root, isThread: holdsThread(root, measures) };
}

const fewestPosts = 3;

/** Whether an element, or one of the few elements that it consists of, is a row of things that are called the same, hold prose and have authors. */
function holdsThread(root: Element, measures: TextMeasures): boolean {
  return [root, ...root.children].some((parent) => holdsPosts(parent, measures));
}

function holdsPosts(parent: Element, measures: TextMeasures): boolean {
  const kinds = new Map<string, Element[]>();
  for (const child of parent.children) {
    const kind = kindOf(child);
    if (!kind || child.localName === 'p' || !measures.get(child)?.proseCharacters) continue;
    const alike = kinds.get(kind);
    if (alike) alike.push(child);
    else kinds.set(kind, [child]);
  }
  return [...kinds.values()].some((alike) => alike.length >= fewestPosts && arePosts(alike));
}

/** The sections of an article are alike too, but nobody signs them. */
function arePosts(alike: readonly Element[]): boolean {
  const signed = alike.filter((part) => [part, ...part.querySelectorAll('*')].some(isSignature));
  return signed.length > alike.length / 2;
}

const layoutNames =
  /^(row|col|column|container|wrapper|inner|grid|clearfix|panel|pane|block|section|region|widget|sect|module|box|page|group|wp|vc|et|fb|w|odd|even|first|last)\b/i;

/** What an element is called, if that says more than where it stands. */
function kindOf(element: Element): string {
  if (/^(section|article)$/.test(element.localName) && !element.className) return element.localName;
  return (
    element.className
      .trim()
      .split(/\s+/)
      .find((name) => !layoutNames.test(name))
      ?.replace(/\d+/g, '') ?? ''
  );
}
