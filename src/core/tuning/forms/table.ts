import { type ExampleMessage, foldPassages, longestTagCharacters, mostTags, type TuningExample } from '../example';

/** What a column of a table can hold. */
export const columnUses = ['question', 'answer', 'rejected', 'system', 'history', 'tags', 'split'] as const;
export type ColumnUse = (typeof columnUses)[number];

/** Which column holds what, counted from 0. */
export type ColumnMapping = Partial<Record<ColumnUse, number>>;

/** What the columns are called in tables that people have, the usual name first: it is what is written. */
const columnNames: Readonly<Record<ColumnUse, readonly string[]>> = {
  question: ['question', 'prompt', 'instruction', 'input', 'query', 'user', 'request'],
  answer: ['answer', 'response', 'completion', 'output', 'assistant', 'reply', 'chosen'],
  rejected: ['rejected', 'rejected answer', 'bad answer'],
  system: ['system', 'system prompt'],
  history: ['history'],
  tags: ['tags', 'category', 'label', 'labels', 'topic'],
  split: ['split'],
};

/** Guesses by the names of the columns; what no name says is left out, but for question and answer, which then are the first two that are nothing else. */
export function guessMapping(header: readonly string[]): ColumnMapping {
  const names = header.map((name) => name.trim().toLowerCase());
  const mapping: ColumnMapping = {};
  for (const use of columnUses) {
    const at = columnNames[use].map((name) => names.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined) mapping[use] = at;
  }
  if (mapping.question !== undefined || mapping.answer !== undefined) return mapping;
  const taken = Object.values(mapping);
  const [question, answer] = header.flatMap((_, index) => (taken.includes(index) ? [] : [index]));
  return { ...mapping, ...(question === undefined ? {} : { question }), ...(answer === undefined ? {} : { answer }) };
}

/** Whether a table was written here: its formulae are then to be read as `plainCell` reads them. */
export function isOwnHeader(cells: readonly string[]): boolean {
  return cells.join('\n') === headerRow().join('\n');
}

/** A spreadsheet takes what begins like this for a formula, and runs it (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^'*[=+\-@\t\r]/;

/** An apostrophe in front of a formula has a spreadsheet take it for text; one that is there already is doubled, so that it can be read again. */
function harmlessCell(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The cell that was made harmless. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

export function readRow(cells: readonly string[], mapping: ColumnMapping): TuningExample {
  const cell = (use: ColumnUse) => cells[mapping[use] ?? -1] ?? '';
  const tags = cell('tags')
    .split(/[,;|]/)
    .map((tag) => tag.trim().slice(0, longestTagCharacters))
    .filter(Boolean)
    .slice(0, mostTags);
  const split = cell('split').trim().toLowerCase();
  const isValidation = ['validation', 'valid', 'val', 'dev', 'test', 'eval'].includes(split);
  return {
    conversation: [
      ...(cell('system') === '' ? [] : [turn('system', cell('system'))]),
      ...readHistory(cell('history')),
      turn('user', cell('question')),
    ],
    answer: turn('assistant', cell('answer')),
    ...(cell('rejected') === '' ? {} : { rejected: turn('assistant', cell('rejected')) }),
    ...(tags.length > 0 ? { tags } : {}),
    ...(isValidation ? { split: 'validation' } : split === 'train' ? { split: 'train' } : {}),
  };
}

/** The turns before, as JSON of pairs. What is no such JSON is left out. */
function readHistory(text: string): ExampleMessage[] {
  if (text === '') return [];
  try {
    const pairs = JSON.parse(text) as unknown;
    if (!Array.isArray(pairs)) return [];
    return pairs.flatMap((pair: unknown) =>
      Array.isArray(pair) ? [turn('user', String(pair[0] ?? '')), turn('assistant', String(pair[1] ?? ''))] : [],
    );
  } catch {
    return [];
  }
}

/** What of an example a row has a place for; `undefined` when it has none for its conversation. */
export function holdRow(example: TuningExample): TuningExample | undefined {
  const { conversation, answer, rejected, tags, split } = foldPassages(example);
  const system = conversation[0]?.role === 'system' ? conversation[0] : undefined;
  const turns = system ? conversation.slice(1) : conversation;
  const alternates = turns.every(({ role, toolCalls }, index) => role === (index % 2 === 0 ? 'user' : 'assistant') && !toolCalls);
  if (!answer || answer.toolCalls || rejected?.toolCalls || !alternates || turns.length % 2 === 0) return undefined;
  const bare = ({ role, content }: ExampleMessage) => turn(role, content);
  const said = tags?.map((tag) => tag.replace(/[,;|]/g, ' ').trim()).filter(Boolean) ?? [];
  const held = {
    conversation: [...(system && system.content !== '' ? [system] : []), ...turns].map(bare),
    answer: bare(answer),
    ...(rejected && rejected.content !== '' ? { rejected: bare(rejected) } : {}),
    ...(said.length > 0 ? { tags: said } : {}),
    ...(split ? { split } : {}),
  };
  // An empty row is none.
  return rowOf(held).some((cell) => cell.trim() !== '') ? held : undefined;
}

export function headerRow(): string[] {
  return columnUses.map((use) => columnNames[use][0] ?? use);
}

/** @param example as `holdRow` gives it */
export function rowOf({ conversation, answer, rejected, tags, split }: TuningExample): string[] {
  const system = conversation[0]?.role === 'system' ? conversation[0] : undefined;
  const turns = system ? conversation.slice(1) : conversation;
  const history: string[][] = [];
  for (let at = 0; at + 2 < turns.length; at += 2) history.push([turns[at]?.content ?? '', turns[at + 1]?.content ?? '']);
  const cells: Record<ColumnUse, string> = {
    question: turns.at(-1)?.content ?? '',
    answer: answer?.content ?? '',
    rejected: rejected?.content ?? '',
    system: system?.content ?? '',
    history: history.length > 0 ? JSON.stringify(history) : '',
    tags: tags?.join(', ') ?? '',
    split: split ?? '',
  };
  return columnUses.map((use) => harmlessCell(cells[use]));
}

/** Every cell is quoted, so that no delimiter, mark or line break in it can be taken for the table's own. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\n`;
}

function turn(role: string, content: string): ExampleMessage {
  return { role, content };
}
