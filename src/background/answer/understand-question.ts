import type { Assistant } from '../../core/assistants/assistant';
import { defaultTemplate } from '../../core/assistants/assistant';
import type { Knowledge } from '../../core/assistants/knowledge';
import { type AskedFor, askedFor } from '../../core/conversation/asked-for';
import type { QuestionMessage } from '../../core/conversation/conversation';
import { ProblemError, undefinedIfNotFound } from '../../core/problem';
import type { PromptSurroundings } from '../../core/prompt/build-prompt';
import { usesVariable } from '../../core/prompt/prompt-template';
import { intersectScopes } from '../../core/search/intersect-scopes';
import type { SearchScope } from '../../core/search/search';
import { readPage } from '../../storage/pages/pages';
import type { AnswerTools } from './answer-tools';

/** What a question asks, of whom, and where. */
export interface Understood extends AskedFor {
  readonly scope: SearchScope;
  readonly knowledge?: Knowledge;
  readonly surroundings: PromptSurroundings;
}

/** About how many characters of English a token has; a page is cut by it. */
const charactersPerToken = 4;
/** What the page in the tab may take of what a question may carry. */
const pageShare = 1 / 3;

/**
 * Understands a question with its choices: its command, its assistant, and what that one's template has a place for.
 * @throws ProblemError `assistant-gone`, `assistant-page-missing`, `assistant-selection-missing`
 */
export async function understandQuestion(
  { text, choices = {} }: Pick<QuestionMessage, 'text' | 'choices'>,
  tools: Pick<AnswerTools, 'library' | 'assistants' | 'contextTokens' | 'today' | 'language'>,
): Promise<Understood> {
  const assistants = await tools.assistants();
  const language = tools.language();
  const asked = askedFor(text, assistants, language);
  const chosen = assistants.find(({ id }) => id === choices.assistantId);
  // Without it the question would go to another model, over pages that it was kept from.
  if (!asked.assistant && choices.assistantId && !chosen) throw new ProblemError({ code: 'assistant-gone' });
  const assistant = asked.assistant ?? chosen;
  const knowledge = assistant?.knowledge ?? choices.knowledge;
  const surroundings = { date: tools.today(), language, ...(assistant ? await readTab(assistant, choices, tools) : {}) };
  return {
    ...asked,
    ...(assistant ? { assistant } : {}),
    ...(knowledge ? { knowledge } : {}),
    scope: intersectScopes(choices.scope ?? {}, assistant?.scope ?? {}),
    surroundings,
  };
}

async function readTab(
  { template = defaultTemplate }: Assistant,
  { pageId, selection }: NonNullable<QuestionMessage['choices']>,
  { library, contextTokens }: Pick<AnswerTools, 'library' | 'contextTokens'>,
): Promise<Pick<PromptSurroundings, 'page' | 'selection'>> {
  const mostCharacters = contextTokens * pageShare * charactersPerToken;
  const wantsPage = usesVariable(template, 'page');
  const read = wantsPage && pageId ? await readPage(library, pageId).catch(undefinedIfNotFound) : undefined;
  if (wantsPage && !read) throw new ProblemError({ code: 'assistant-page-missing' });
  if (usesVariable(template, 'selection') && !selection) throw new ProblemError({ code: 'assistant-selection-missing' });
  return {
    ...(read ? { page: { title: read.page.title, site: read.page.site, text: read.version.text.slice(0, mostCharacters) } } : {}),
    ...(selection ? { selection: selection.slice(0, mostCharacters) } : {}),
  };
}
