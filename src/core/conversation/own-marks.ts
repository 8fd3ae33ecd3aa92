import { once } from '../once';
import { findCitationMarks } from './citation-marks';

/** Sources are numbered from 1, and never reach a thousand. */
const numbers = String.raw`[1-9]\d{0,2}(?:\s*(?:,|;|and|&)\s*[1-9]\d{0,2})*`;
const named = String.raw`(?:sources?|passages?|citations?|refs?\.?|quellen?|fuentes?)`;
const code = String.raw`(?:\u0060{3,}|~{3,})[\s\S]*?(?:\u0060{3,}|~{3,}|$(?![\s\S]))|\u0060\u0060(?!\u0060).*?\u0060\u0060|\u0060[^\u0060\n]*\u0060`;
/** Marks that cannot be taken for anything else. */
const certain = [
  // 【1†source】, and what it is for files: 【4:0†notes.md】, whose numbers are none of ours
  String.raw`【\s*(?<dagger>\d{1,3})(?:†[^】\n]{0,80})】`,
  String.raw`(?<file>【\d+:\d+(?:†[^】\n]{0,80})?】)`,
  // [^1], and the list of them at the end
  String.raw`\[\^(?<footnote>\d{1,3})\](?<list>:)?`,
  // [Source 1], (sources 1 and 2), [#1]
  String.raw`[[(【]\s*(?:${named}\s*:?\s*#?|#)\s*(?<named>${numbers})\s*[\])】](?!\()`,
  String.raw`<sup>\s*\[?(?<raised>${numbers})\]?\s*</sup>`,
  String.raw`\{\{?(?<braces>${numbers})\}\}?(?=\s*(?:[.,;:!?]|$))`,
];
/** Marks that might be something else, and are taken for marks only where a sentence ends and nothing else cites. */
const likely = [
  String.raw`(?<=[\p{L}\p{N}"”’)%.!?。]\s|["”’).!?。])\((?<round>${numbers})\)(?=\s*(?:[.!?。]|$|\n)|\s+\p{Lu})`,
  String.raw`(?<=\p{L}{4}|[.!?。”"])(?<superscript>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2}(?:[,˒·]\s?[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2})*)(?=\s|[.,;:!?)]|$)`,
];
const certainPattern = once(() => new RegExp([code, ...certain].join('|'), 'gimu'));
const anyPattern = once(() => new RegExp([code, ...certain, ...likely].join('|'), 'gimu'));
/** What is counted in this way is not cited so. */
const enumeration = /(?:^|:)\s*\([1-9]\d{0,2}\)/m;
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Rewrites the ways in which models cite when they do not keep to `[n]`, as `[n]`: 【1†source】, [^1], (Source 1), raised numbers, (1). Those which could
 * be something else only when each number in the whole answer that looks so is one of a source. What stands in code is left alone.
 * @param known the numbers of the sources
 */
export function ownMarks(text: string, known: ReadonlySet<number>): string {
  const guesses = Array.from(text.matchAll(anyPattern())).flatMap(({ groups }) => numbersIn(groups?.round ?? groups?.superscript));
  const mayGuess = !enumeration.test(text) && findCitationMarks(text).length === 0 && guesses.every((number) => known.has(number));
  return text.replace(mayGuess ? anyPattern() : certainPattern(), (whole, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    if (groups.file !== undefined) return '';
    const cited = Object.entries(groups).find(([name, value]) => value !== undefined && name !== 'list')?.[1];
    return cited === undefined
      ? whole
      : numbersIn(cited)
          .map((number) => `[${number}]`)
          .join('');
  });
}

function numbersIn(cited = ''): number[] {
  const plain = Array.from(cited, (letter) => (superscripts.includes(letter) ? superscripts.indexOf(letter) : letter)).join('');
  return plain.match(/\d+/g)?.map(Number) ?? [];
}
