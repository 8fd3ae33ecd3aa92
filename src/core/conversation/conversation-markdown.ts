import { inertMarkdown, linkTarget, plainToMarkdown } from '../text/inert-markdown';
import { yamlText } from '../text/yaml-text';
import { findCitationMarks, keepKnownMarks } from './citation-marks';
import type { AnswerMessage, Conversation, Source } from './conversation';
import type { MessagePair } from './pair-messages';

/** What is said around a conversation, in the reader's language. */
export interface RecordWords {
  readonly nothingFound: string;
  readonly cutOff: string;
  /** Where a source is from: its site, its place there, its date. */
  readonly details: (source: Source) => readonly string[];
}

/** Gives each passage that is cited a number, the same whatever answer cites it. */
interface Footnotes {
  readonly numberOf: (source: Source) => number;
  readonly sources: readonly Source[];
}

/**
 * A branch of a conversation as a Markdown file that Obsidian and others read: what is known of it as YAML, each question as a heading, and the
 * passages cited as footnotes with their quotation, page and address.
 */
export function conversationMarkdown({ title, createdAt }: Conversation, pairs: readonly MessagePair[], words: RecordWords): string {
  const notes = footnotes();
  const models = [...new Set(pairs.flatMap(({ answer }) => answer?.usage?.model ?? []))];
  const properties = [
    `title: ${yamlText(title)}`,
    `asked: ${new Date(createdAt).toISOString()}`,
    ...(models.length > 0 ? ['models:', ...models.map((model) => `  - ${yamlText(model)}`)] : []),
  ];
  const body = pairs.flatMap(({ question, answer }) => [...questionBlocks(question.text), ...answerBlocks(answer, notes, words)]);
  const definitions = notes.sources.map((source, index) => `[^${index + 1}]: ${footnote(source, words)}`);
  return [`---\n${properties.join('\n')}\n---`, `# ${plainToMarkdown(title)}`, ...body, ...definitions].join('\n\n').concat('\n');
}

function footnotes(): Footnotes {
  const sources: Source[] = [];
  const places: string[] = [];
  return {
    sources,
    numberOf(source) {
      const place = [source.pageId, source.version, source.start, source.end].join(' ');
      if (!places.includes(place)) {
        places.push(place);
        sources.push(source);
      }
      return places.indexOf(place) + 1;
    },
  };
}

/** A heading is one line: of a longer question it has the first, and all of it stands below. */
function questionBlocks(text: string): string[] {
  const [first = '', ...rest] = text.trim().split('\n');
  const heading = `## ${plainToMarkdown(first)}`;
  if (rest.length === 0) return [heading];
  return [heading, quoted(text)];
}

function quoted(text: string): string {
  const lines = text.trim().split('\n');
  return lines.map((line) => `> ${plainToMarkdown(line)}`.trimEnd()).join('\n');
}

function answerBlocks(answer: AnswerMessage | undefined, notes: Footnotes, words: RecordWords): string[] {
  if (!answer) return [`*${plainToMarkdown(words.cutOff)}*`];
  const { kind, status, text, sources } = answer;
  if (kind === 'nothing-found' && status === 'complete') return [`*${plainToMarkdown(words.nothingFound)}*`];
  if (kind === 'picture' && answer.picture) return [`*${plainToMarkdown(answer.picture.prompt)}*`];
  const passages = kind === 'quoted' ? sources.map((source) => `${quoted(source.quotation)} [^${notes.numberOf(source)}]`) : [];
  const written = text.trim() ? [withFootnotes(inertMarkdown(text.trim()), sources, notes)] : [];
  return [...written, ...passages, ...(status === 'complete' ? [] : [`*${plainToMarkdown(words.cutOff)}*`])];
}

/** Marks that stand for no source disappear, as they do where the answer is shown. */
function withFootnotes(text: string, sources: readonly Source[], notes: Footnotes): string {
  const known = new Map(sources.map((source) => [source.number, source]));
  const cited = keepKnownMarks(text, new Set(known.keys()));
  let written = '';
  let from = 0;
  for (const { start, end, numbers } of findCitationMarks(cited)) {
    const references = numbers.flatMap((number) => known.get(number) ?? []).map((source) => `[^${notes.numberOf(source)}]`);
    written += cited.slice(from, start) + references.join('');
    from = end;
  }
  return written + cited.slice(from);
}

function footnote(source: Source, { details }: RecordWords): string {
  const { title, url, liveUrl, quotation } = source;
  const isWeb = /^https?:/i.test(url);
  const name = plainToMarkdown(title) || plainToMarkdown(url);
  const parts = [
    isWeb && /^https?:/i.test(liveUrl) ? `[${name}](${linkTarget(liveUrl)})` : name,
    ...details(source).filter(Boolean).map(plainToMarkdown),
    isWeb ? linkTarget(url) : plainToMarkdown(url),
  ];
  return `“${plainToMarkdown(quotation)}” — ${parts.join(', ')}`;
}
