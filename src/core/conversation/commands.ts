/** What a question that begins with a slash asks for, such as `/translate German`. */
export interface Command {
  /** What is written after the slash. */
  readonly name: string;
  /** What may be written after the name: what to look for, a language, or how many. */
  readonly takes: 'subject' | 'language' | 'number';
  /** What is asked when nothing is written after the name. */
  readonly plain: string;
  /** What is asked of what is written there, which stands for `{{argument}}`. */
  readonly pointed: string;
}

/** Names are part of what is kept with questions, so they are the same in every language. */
export const builtInCommands = [
  {
    name: 'summarise',
    takes: 'subject',
    plain: 'Summarise the passages: one sentence that says the most important thing, then the main points as a list.',
    pointed: 'Summarise what the passages say about this, in one sentence and then as a list of the main points: {{argument}}',
  },
  {
    name: 'compare',
    takes: 'subject',
    plain: 'Compare the pages that the passages come from: what they agree on, where they differ, and what only one of them says.',
    pointed:
      'Compare these by what the passages say: what they have in common, where they differ, and what is said of one only: {{argument}}',
  },
  {
    name: 'explain',
    takes: 'subject',
    plain: 'Explain what the passages say to somebody new to the subject: plain words first, each term of the trade with its meaning.',
    pointed: 'Explain this by what the passages say, to somebody new to it, each term of the trade with its meaning: {{argument}}',
  },
  {
    name: 'translate',
    takes: 'language',
    plain: 'Translate the passages into {{language}}, in their order, whole and without comment.',
    pointed: 'Translate the passages into this language, in their order, whole and without comment: {{argument}}',
  },
  {
    name: 'timeline',
    takes: 'subject',
    plain: 'List what happened by the passages in order of time, a line each: the date as they give it, then what happened.',
    pointed: 'List what the passages say of this in order of time, a line each, the date as they give it, then what happened: {{argument}}',
  },
  {
    name: 'table',
    takes: 'subject',
    plain: 'Set out the facts of the passages as one table, a row for each thing and a column for each kind of fact they give of several.',
    pointed: 'Set out what the passages say of this as one table, a row for each thing and a column for each kind of fact: {{argument}}',
  },
  {
    name: 'quiz',
    takes: 'number',
    plain: 'Write five questions that test whether somebody has understood the passages, then the answers, numbered alike.',
    pointed:
      'Write questions that test whether somebody has understood the passages, then the answers, numbered alike. How many: {{argument}}',
  },
] as const satisfies readonly Command[];

export type BuiltInCommandName = (typeof builtInCommands)[number]['name'];

/** Asks for a picture; the composer itself takes it. */
export const pictureCommand = 'image';

/** What no assistant can be called by. */
export const reservedCommands: readonly string[] = [...builtInCommands.map(({ name }) => name), pictureCommand];
