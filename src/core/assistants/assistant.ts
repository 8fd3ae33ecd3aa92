import type { Brand } from '../brand';
import { reservedCommands } from '../conversation/commands';
import type { ModelParameters } from '../models/model-parameters';
import { checkTemplate, type TemplateProblem, type TemplateRules } from '../prompt/prompt-template';
import type { SearchScope } from '../search/search';
import type { Knowledge } from './knowledge';

export type AssistantId = Brand<string, 'AssistantId'>;

/** What is said when the answer is not in the pages, in the place of a guess. */
export interface Fallback {
  readonly words: string;
  /** Whom to ask instead; empty when there is nobody. */
  readonly contact: string;
}

/** A way of being answered that a person has set up and given a name. */
export interface Assistant {
  readonly id: AssistantId;
  readonly name: string;
  /** What the model is told besides the rules that always hold; may hold `{{date}}` and `{{language}}`. */
  readonly instructions: string;
  /** How it is to sound. */
  readonly tone?: string;
  /** What the model is sent with each question; `defaultTemplate` if absent. */
  readonly template?: string;
  /** The model that answers; the one in Settings if absent. */
  readonly model?: string;
  readonly parameters?: ModelParameters;
  /** It answers from these pages only, whatever else is chosen. */
  readonly scope?: SearchScope;
  /** What its answers may rest on, whatever else is chosen. */
  readonly knowledge?: Knowledge;
  readonly fallback?: Fallback;
  /** What it is called by after a slash. */
  readonly command?: string;
  /** It is kept, but not offered. */
  readonly isHidden?: true;
}

export const defaultTemplate = '{{passages}}\n\n{{question}}';

/** In characters, but for how many there may be. */
export const assistantLimits = {
  assistants: 200,
  name: 60,
  instructions: 8_000,
  tone: 200,
  template: 8_000,
  model: 200,
  words: 1_000,
  contact: 300,
  command: 30,
} as const;

const instructionRules: TemplateRules = { allowed: ['date', 'language'] };

/** A template must say where what is asked and what it is answered from are to stand; a command may be asked without another word. */
function templateRules({ command }: Pick<Assistant, 'command'>): TemplateRules {
  return {
    allowed: ['question', 'passages', 'page', 'selection', 'date', 'language'],
    required: command ? ['passages'] : ['passages', 'question'],
  };
}

/** What keeps an assistant from being used; all empty when nothing does. */
export interface AssistantProblems {
  readonly hasNoName: boolean;
  /** It is not a single word of letters, digits and dashes, or the command of another. */
  readonly command?: 'not-a-word' | 'taken';
  readonly instructions: readonly TemplateProblem[];
  readonly template: readonly TemplateProblem[];
}

export function checkAssistant(assistant: Omit<Assistant, 'id'>, otherCommands: readonly string[] = []): AssistantProblems {
  const { name, command, instructions, template = defaultTemplate } = assistant;
  const taken = [...reservedCommands, ...otherCommands];
  const commandProblem =
    command === undefined ? undefined : !isCommandName(command) ? 'not-a-word' : taken.includes(command) ? 'taken' : undefined;
  return {
    hasNoName: name.trim() === '',
    ...(commandProblem ? { command: commandProblem } : {}),
    instructions: checkTemplate(instructions, instructionRules),
    template: checkTemplate(template, templateRules(assistant)),
  };
}

export function isUsable({ hasNoName, command, instructions, template }: AssistantProblems): boolean {
  return !hasNoName && !command && instructions.length === 0 && template.length === 0;
}

function isCommandName(written: string): boolean {
  return written.length <= assistantLimits.command && /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}-]*$/u.test(written);
}

/** A name that none of the others has: “Critic 2” when there is a “Critic”. */
export function nameApart(name: string, others: readonly string[]): string {
  if (!others.includes(name)) return name;
  const stem = name.slice(0, assistantLimits.name - 4);
  for (let number = 2; ; number++) if (!others.includes(`${stem} ${number}`)) return `${stem} ${number}`;
}
