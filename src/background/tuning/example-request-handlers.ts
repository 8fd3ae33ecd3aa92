import type { Assistant } from '../../core/assistants/assistant';
import type { ConversationId, MessageId } from '../../core/conversation/conversation';
import { ProblemError } from '../../core/problem';
import { applyMend } from '../../core/tuning/check/mend';
import { type TuningExample, withoutSystemPrompt } from '../../core/tuning/example';
import { type CountTokens, tokensOf } from '../../core/tuning/example-tokens';
import { markExample } from '../../core/tuning/mark-example';
import { splitOf } from '../../core/tuning/split-examples';
import { type ExampleId, exampleId, type StoredExample } from '../../core/tuning/stored-example';
import { type ExampleRequests, mostExampleCharactersAtOnce } from '../../protocol/example-requests';
import type { Handlers } from '../../protocol/handle';
import { readMessages, readMessagesById } from '../../storage/conversations/conversations';
import type { Library } from '../../storage/schema';
import { changeExamples } from '../../storage/tuning/change-examples';
import { forgetDeletedExamples, listDeletedExamples, putExamplesBack, setExamplesAside } from '../../storage/tuning/deleted-examples';
import {
  deleteExampleOfAnswer,
  deleteExamples,
  examplesOfConversation,
  putExampleOfAnswer,
  putExamples,
  readExamples,
} from '../../storage/tuning/examples';
import { listAssistants } from '../assistant-requests';
import { checkExamples } from './check-examples';
import { exampleOfAnswer } from './example-of-answer';
import { findExamples } from './find-examples';

export interface ExampleRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly builtInAssistants: () => readonly Assistant[];
  readonly countTokens: () => Promise<CountTokens>;
  /** Tells open panels how far the check is. */
  readonly checked: (done: number, total: number) => void;
  /** Tells open panels that one of the examples, or without an id any of them, are other than they were. */
  readonly changed: (id?: ExampleId) => void;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What the worker answers to requests about examples to train on. */
export function exampleRequestHandlers(tools: ExampleRequestTools): Handlers<ExampleRequests, unknown> {
  const { openLibrary, builtInAssistants, now, newId } = tools;
  // A memory of who waits for it only: with the worker, the check ends.
  let checking: AbortController | undefined;
  return {
    async 'examples/judge'({ verdict, ...judged }) {
      const library = await openLibrary();
      const { answerId } = judged;
      if (verdict === 'none') {
        await deleteExampleOfAnswer(library, answerId);
        tools.changed();
        return null;
      }
      const conversationId = await conversationOf(library, answerId);
      const assistants = await listAssistants(library, builtInAssistants());
      const example = exampleOfAnswer(await readMessages(library, conversationId), { verdict, ...judged }, assistants);
      const createdAt = now();
      await putExampleOfAnswer(library, { id: exampleId(createdAt, newId()), createdAt, example, answerId, conversationId, verdict });
      tools.changed();
      return null;
    },
    async 'examples/verdicts'({ conversationId }) {
      const examples = await examplesOfConversation(await openLibrary(), conversationId);
      return examples.flatMap(({ answerId, verdict, example }) =>
        answerId === undefined || verdict === undefined
          ? []
          : [{ answerId, verdict, ...(verdict === 'edited' && example.answer ? { text: example.answer.content } : {}) }],
      );
    },
    'examples/find': async ({ filter }) => findExamples(await openLibrary(), filter),
    'examples/read': async ({ ids }) => readExamples(await openLibrary(), ids, mostExampleCharactersAtOnce),
    async 'examples/count-tokens'({ id }) {
      const [stored] = await readExamples(await openLibrary(), [id], mostExampleCharactersAtOnce);
      if (!stored) throw new ProblemError({ code: 'not-found' });
      const count = await tools.countTokens();
      return {
        withSystemPrompt: tokensOf(stored.example, count).total,
        withoutSystemPrompt: tokensOf(withoutSystemPrompt(stored.example), count).total,
      };
    },
    async 'examples/add'({ examples, startedAt, first }) {
      const stored = examples.map((example, index) => ({
        id: exampleId(startedAt, `${String(first + index).padStart(9, '0')}-${newId().slice(0, 8)}`),
        createdAt: startedAt,
        example,
      }));
      await putExamples(await openLibrary(), stored);
      tools.changed();
      return null;
    },
    async 'examples/change'({ id, revision, example }) {
      let isThere = false;
      await changeExamples(await openLibrary(), [id], (stored) => {
        isThere = true;
        return { ...asSeen(stored, revision), example };
      });
      if (!isThere) throw new ProblemError({ code: 'example-changed' });
      tools.changed(id);
      return null;
    },
    async 'examples/delete'({ ids }) {
      await deleteExamples(await openLibrary(), ids);
      tools.changed();
      return null;
    },
    async 'examples/mark'({ ids, mark }) {
      await changeExamples(await openLibrary(), ids, (stored) => {
        const example = markExample(stored.example, mark);
        return example === stored.example ? stored : { ...stored, example };
      });
      tools.changed();
      return null;
    },
    async 'examples/set-aside'({ ids, deletedAt }) {
      await setExamplesAside(await openLibrary(), ids, deletedAt);
      tools.changed();
      return null;
    },
    'examples/deleted': async () => listDeletedExamples(await openLibrary()),
    async 'examples/put-back'({ deletedAt }) {
      await putExamplesBack(await openLibrary(), deletedAt);
      tools.changed();
      return null;
    },
    async 'examples/forget'({ deletedAt }) {
      await forgetDeletedExamples(await openLibrary(), deletedAt);
      return null;
    },
    async 'examples/mend'({ examples }) {
      const wanted = new Map(examples.map((one) => [one.id, one]));
      await changeExamples(await openLibrary(), [...wanted.keys()], (stored) => {
        const { revision, mends } = wanted.get(stored.id) ?? { revision: 0, mends: [] };
        const seen = asSeen(stored, revision);
        const mended = mends.reduce<TuningExample | undefined>((rest, mend) => rest && applyMend(rest, mend), seen.example);
        return mended && { ...seen, example: mended };
      });
      tools.changed();
      return null;
    },
    async 'examples/split'({ ids, seed, validationShare }) {
      await changeExamples(await openLibrary(), ids, (stored) => {
        const split = splitOf(stored.example, seed, validationShare);
        return split === stored.example.split ? stored : { ...stored, example: { ...stored.example, split } };
      });
      tools.changed();
      return null;
    },
    async 'examples/check'() {
      checking?.abort();
      const own = new AbortController();
      checking = own;
      const library = await openLibrary();
      const countTokens = await tools.countTokens();
      const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
      return checkExamples({ library, countTokens, report: tools.checked, elapsed: () => performance.now(), pause }, own.signal);
    },
    async 'examples/stop-check'() {
      checking?.abort();
      return null;
    },
  };
}

async function conversationOf(library: Library, answerId: MessageId): Promise<ConversationId> {
  for await (const { conversationId } of readMessagesById(library, [answerId])) return conversationId;
  throw new ProblemError({ code: 'not-found' });
}

/** @throws ProblemError `example-changed` when it has been changed since */
function asSeen(stored: StoredExample, revision: number): StoredExample {
  if ((stored.revision ?? 0) === revision) return stored;
  throw new ProblemError({ code: 'example-changed' });
}
