import { linesOf } from './markdown-blocks';

/** All that means something in Markdown, or in Obsidian, within a line. */
const meaningful = /[\\`*_{}[\]<>#|~$=!^&%]/g;

/** Text as it is, on one line of Markdown. */
export function plainToMarkdown(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(meaningful, '\\$&');
}

/** An address as the target of a link. */
export function linkTarget(url: string): string {
  return `<${url.replace(/[<>\s\\]/g, encodeURIComponent)}>`;
}

/** Takes no room and breaks no line. What it stands in reads the same, as text and as code, whichever of them a program takes it for. */
const wordJoiner = '\u2060';
/** The beginnings of images, embedded notes, footnotes, HTML and templates, and of lines of code that notes run. */
const active = /!(?=\[)|\[(?=[[^])|<(?=[a-z/!?%])|`(?=\s*\$?=)/gi;
/** A fence and the language after it. */
const named = /(`{3,}|~{3,})[^\S\n]*([^\s`~][^\n]*)/g;
/** Notes run what is in some other languages. */
const forReading =
  /^(bash|c|c\+\+|cpp|cs|csharp|css|csv|diff|go|html|ini|java|js|javascript|json|jsx|kotlin|latex|lua|markdown|md|php|python|py|r|ruby|rust|scss|sh|shell|sql|swift|tex|text|toml|ts|tsx|typescript|xml|yaml)$/i;
/** At the beginning of a line it begins a block of code whatever stands before it; elsewhere that depends. */
const opening = /^(`{3,}(?=[^`]*$)|~{3,})/;

/** A model's Markdown as a note that loads nothing, runs nothing and embeds nothing when it is opened. What it says stays. */
export function inertMarkdown(text: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    if (fence !== undefined) {
      lines.push(line);
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    fence = opening.exec(line)?.[1];
    const inert = line.replace(named, (found, marks: string, name: string) =>
      forReading.test(name.trim()) ? found : `${marks}${wordJoiner}${name}`,
    );
    lines.push(inert.replace(active, `$&${wordJoiner}`));
  }
  return lines.join('\n');
}

function closes(line: string, fence: string): boolean {
  const [, marks = ''] = /^ {0,3}(`+|~+)\s*$/.exec(line) ?? [];
  return marks.startsWith(fence);
}
