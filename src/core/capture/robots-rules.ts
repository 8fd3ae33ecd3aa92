/** What a site asks of programs that fetch its pages, as far as it is meant for us. */
export interface RobotsRules {
  readonly rules: readonly RobotsRule[];
  /** Between two requests; a common addition to the standard. */
  readonly crawlDelayMs?: number;
}

interface RobotsRule {
  readonly isAllowed: boolean;
  /** A pattern: `*` stands for anything, `$` at the end for the end. */
  readonly path: string;
}

/** By which a robots.txt means us. */
const agentName = 'commonplace';
export const everythingAllowed: RobotsRules = { rules: [] };

/** The least that a reader of these files must take, by the standard. */
export const maximumRobotsBytes = 512_000;
const maximumRules = 2_000;
const maximumPatternCharacters = 500;
/** A longer one is meant for crawlers that come back for ever; a person's pages would never arrive. */
const longestDelayMs = 60_000;

interface Group {
  readonly agents: string[];
  readonly rules: RobotsRule[];
  crawlDelayMs?: number;
}

/** Reads a robots.txt (RFC 9309, https://www.rfc-editor.org/rfc/rfc9309): the rules of the groups that name us, or else of those for everybody. */
export function parseRobots(text: string): RobotsRules {
  const groups: Group[] = [];
  let current: Group | undefined;
  for (const line of text.split(/[\r\n]+/)) {
    const [, name = '', written = ''] = /^\s*([a-z-]+)\s*:([^#]*)/i.exec(line.slice(0, 2_000)) ?? [];
    const value = written.trim();
    const key = name.toLowerCase();
    if (key === 'user-agent') {
      // Agents in a row share the rules that follow; after a rule, another group begins.
      if (!current || current.rules.length > 0 || current.crawlDelayMs !== undefined) {
        current = { agents: [], rules: [] };
        groups.push(current);
      }
      current.agents.push(value.toLowerCase());
    } else if (current && (key === 'allow' || key === 'disallow')) {
      const isUseful = value !== '' && value.length <= maximumPatternCharacters && current.rules.length < maximumRules;
      if (isUseful) current.rules.push({ isAllowed: key === 'allow', path: value });
    } else if (current && key === 'crawl-delay' && Number(value) > 0) {
      current.crawlDelayMs = Math.min(longestDelayMs, Number(value) * 1_000);
    }
  }
  const ours = groups.filter(({ agents }) => agents.some((agent) => agent.split('/')[0]?.trim() === agentName));
  const meant = ours.length > 0 ? ours : groups.filter(({ agents }) => agents.includes('*'));
  const delays = meant.flatMap(({ crawlDelayMs }) => (crawlDelayMs === undefined ? [] : [crawlDelayMs]));
  return { rules: meant.flatMap(({ rules }) => rules), ...(delays.length > 0 ? { crawlDelayMs: Math.max(...delays) } : {}) };
}

/** Whether the rules allow an address: the longest pattern that fits decides, and of two as long the one that allows. */
export function isAllowedBy({ rules }: RobotsRules, url: string): boolean {
  const { pathname, search } = new URL(url);
  const path = pathname + search;
  let best: RobotsRule | undefined;
  for (const rule of rules) {
    if (!fits(rule.path, path)) continue;
    const length = best?.path.length ?? -1;
    if (rule.path.length > length || (rule.path.length === length && rule.isAllowed)) best = rule;
  }
  return best?.isAllowed ?? true;
}

/** Without a regular expression: one made of a hostile pattern may take for ever. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [start = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (isLast && isWhole) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return !isWhole || at === path.length;
}
