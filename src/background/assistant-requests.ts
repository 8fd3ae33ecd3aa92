import type { Runtime } from 'webextension-polyfill';
import { type Assistant, type AssistantId, assistantLimits, checkAssistant, isUsable, nameApart } from '../core/assistants/assistant';
import { isBuiltIn } from '../core/assistants/built-in-assistants';
import { ProblemError } from '../core/problem';
import type { Handlers } from '../protocol/handle';
import type { PreviewOrder, PromptPreview } from '../protocol/prompt-preview';
import type { WorkerRequests } from '../protocol/worker-requests';
import type { Library } from '../storage/schema';
import { deleteAssistant, putAssistants, readAssistants } from '../storage/settings/assistants';

export interface AssistantRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly builtInAssistants: () => readonly Assistant[];
  readonly previewPrompt: (order: PreviewOrder) => Promise<PromptPreview>;
  readonly assistantsChanged: () => void;
  readonly newId: () => string;
}

type AssistantRequest = Extract<keyof WorkerRequests, `assistants/${string}`> | 'prompt/preview';

/** All assistants there are: those that are built in, then the person's own by their names. */
export async function listAssistants(library: Library, builtIn: readonly Assistant[]): Promise<Assistant[]> {
  const stored = await readAssistants(library);
  const hidden = new Set(stored.filter(({ isHidden }) => isHidden).map(({ id }) => id));
  const own = stored.filter(({ id }) => !isBuiltIn(id));
  return [
    ...builtIn.map((assistant) => (hidden.has(assistant.id) ? { ...assistant, isHidden: true as const } : assistant)),
    ...own.sort((one, other) => one.name.localeCompare(other.name)),
  ];
}

/** What the worker answers where assistants are made and chosen. */
export function assistantHandlers(tools: AssistantRequestTools): Handlers<Pick<WorkerRequests, AssistantRequest>, Runtime.MessageSender> {
  const list = async () => listAssistants(await tools.openLibrary(), tools.builtInAssistants());
  const store = async (assistants: readonly Assistant[]) => {
    await putAssistants(await tools.openLibrary(), assistants);
    tools.assistantsChanged();
    return null;
  };
  return {
    'assistants/list': list,
    async 'assistants/write'({ assistant }) {
      const others = (await list()).filter(({ id }) => id !== assistant.id);
      const isWellFormed = isUsable(checkAssistant(assistant, commandsOf(others)));
      if (isBuiltIn(assistant.id) || !isWellFormed || others.length >= assistantLimits.assistants) refuse();
      return store([assistant]);
    },
    async 'assistants/hide'({ id, isHidden }) {
      const known = (await list()).find((assistant) => assistant.id === id);
      if (!known) throw new ProblemError({ code: 'not-found' });
      const { isHidden: _, ...shown } = known;
      return store([isHidden ? { ...shown, isHidden } : shown]);
    },
    async 'assistants/delete'({ id }) {
      await deleteAssistant(await tools.openLibrary(), id);
      tools.assistantsChanged();
      return null;
    },
    async 'assistants/import'({ assistants }) {
      const known = await list();
      if (known.length + assistants.length > assistantLimits.assistants) refuse();
      const taken: Assistant[] = [];
      for (const { command, ...assistant } of assistants) {
        const others = [...known, ...taken];
        const name = nameApart(
          assistant.name,
          others.map((other) => other.name),
        );
        const uncalled: Assistant = { ...assistant, name, id: tools.newId() as AssistantId };
        const called: Assistant = command === undefined ? uncalled : { ...uncalled, command };
        // The command of another stays the other's.
        const problems = checkAssistant(called, commandsOf(others));
        const kept = problems.command === 'taken' ? uncalled : called;
        if (!isUsable(checkAssistant(kept))) refuse();
        taken.push(kept);
      }
      return store(taken);
    },
    'prompt/preview': tools.previewPrompt,
  };
}

function commandsOf(assistants: readonly Assistant[]): string[] {
  return assistants.flatMap(({ command }) => command ?? []);
}

function refuse(): never {
  throw new ProblemError({ code: 'assistant-refused' });
}
