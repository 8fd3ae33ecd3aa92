import { retryDelayMs } from '../../core/models/retry-delay';
import type { JobId } from '../../core/pages/job';
import { isCutOff, problemOf } from '../../core/problem';
import type { EmbeddingModel } from '../../models/embedding-model';
import { nextConversationDeletionStart, nextDeletedConversation } from '../../storage/conversations/conversation-deletions';
import { deleteDueConversation } from '../../storage/conversations/conversations';
import { clearUnreadableLengths } from '../../storage/lexical/mend-lengths';
import { type MergeMeanwhile, mergeMeanwhile } from '../../storage/lexical/merge-meanwhile';
import { mergeNext } from '../../storage/lexical/merge-segments';
import { noteUncovered } from '../../storage/lexical/note-uncovered';
import { nextDeletedPage, nextDeletionStart } from '../../storage/pages/deletions';
import { deletePage } from '../../storage/pages/index-page';
import { beginJob, changeJob, nextJob, nextJobStart } from '../../storage/pages/jobs';
import { mendTotals } from '../../storage/pages/mend-totals';
import { mendScopeSlabs } from '../../storage/pages/scope-slabs';
import type { Job, Library } from '../../storage/schema';
import { beginIndexes, mendNextIndex } from '../../storage/vectors/mend-indexes';
import { readVectorModels } from '../../storage/vectors/vector-models';
import { deleteUnwantedVectors } from '../embedding/delete-unwanted-vectors';
import { embedNextPage } from '../embedding/embed-library';
import { runEmbedJob } from '../embedding/run-embed-job';
import { type IngestTools, ingestPage } from './ingest-page';
import { notBeforeIfInterrupted } from './restart-delay';

export interface JobRunnerTools {
  readonly openLibrary: () => Promise<Library>;
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  readonly detectLanguage: IngestTools['detectLanguage'];
  readonly readFile: IngestTools['readFile'];
  readonly now: () => number;
  readonly newId: () => string;
  readonly report: (job: Job, shareDone?: number) => void;
  /** Called when a job has ended well or failed: the library or the list of jobs is not what it was. */
  readonly changed: () => void;
  /** How far the vectors of the library are, or which of them are used, is not what it was. */
  readonly embeddingChanged: () => void;
  /** See `forgetUnusedKey`. */
  readonly forgetUnusedKey: () => Promise<void>;
  /** Restores a piece of a backup, if one is being restored; `begin` is called first. @returns whether it was */
  readonly restorePiece: (begin: () => void) => Promise<boolean>;
  /** Asks to be run again at a time, even if the worker dies before; `undefined`: not needed. */
  readonly wakeAt: (time: number | undefined) => void;
}

/** Runs what is in the queue, one piece of work at a time: pages before vectors, then a backup that is restored, then vectors of the whole library. */
export interface JobRunner {
  /** Begins if it isn't running; resolves when nothing is left to do now. */
  run(): Promise<void>;
}

export function jobRunner(tools: JobRunnerTools): JobRunner {
  let running: Promise<void> | undefined;
  const bell = new Bell();
  const runUntilNobodyAsks = async () => {
    try {
      do {
        await runQueue(tools, bell);
      } while (bell.isRung);
    } finally {
      running = undefined;
    }
  };
  return {
    run() {
      bell.ring();
      running ??= runUntilNobodyAsks();
      return running;
    },
  };
}

/** Rung by those who ask for the queue to be run. */
class Bell {
  #ring = () => {};
  #rung: Promise<void> = Promise.resolve();
  isRung = true;

  ring(): void {
    this.isRung = true;
    this.#ring();
  }

  /** What was asked for so far is looked at now. */
  heard(): void {
    this.isRung = false;
    this.#rung = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }

  /** Until it is rung for what was not looked at. */
  rung(): Promise<void> {
    return this.#rung;
  }
}

async function runQueue(tools: JobRunnerTools, bell: Bell): Promise<void> {
  const library = await tools.openLibrary();
  const merging = mergeMeanwhile(() => tidy(library));
  // A page may wait to be saved, and seldom is anything to be mended: so both at a time.
  const beginningIndexes = unlessFailing('What is known of the vectors could not be made anew:', () => beginIndexes(library));
  await Promise.all([mendCounts(library), beginningIndexes]);
  const run = () => runUntilNothingIsLeft(library, merging, tools, bell);
  try {
    await run().catch(async (error) => {
      if (!(await mendWhatFailed(library))) throw error;
      await run();
    });
  } finally {
    await merging.settled();
  }
}

/**
 * In this order: a segment that is noted takes its number from the totals.
 * @throws when the library cannot be counted anew where it has to be: nothing may be saved then, for it would be written over what is there
 */
async function mendCounts(library: Library): Promise<void> {
  await mendTotals(library);
  await Promise.all([
    unlessFailing('What no index holds could not be looked for:', () => noteUncovered(library)),
    unlessFailing('Lengths that cannot be read could not be looked for:', () => clearUnreadableLengths(library, 'next')),
  ]);
}

/** What may have kept a page from being saved or deleted. @returns whether something was mended, so that it may be tried again */
async function mendWhatFailed(library: Library): Promise<boolean> {
  const lists = await unlessFailing('What lists go by could not be made anew:', () => mendScopeSlabs(library));
  const lengths = await unlessFailing('Lengths that cannot be read could not be looked for:', () => clearUnreadableLengths(library, 'all'));
  return lists || lengths || false;
}

async function runUntilNothingIsLeft(library: Library, merging: MergeMeanwhile, tools: JobRunnerTools, bell: Bell): Promise<void> {
  const retryAt = retryAtBy(tools.now);
  // Before the work, not after: the worker may not live to see the end of it.
  const begin = () => tools.wakeAt(tools.now());
  const deletePiece = async () => {
    const isAtWork = await deleteUnwantedVectors(library, { forgetUnusedKey: tools.forgetUnusedKey, begin });
    if (isAtWork) tools.embeddingChanged();
    return isAtWork;
  };
  /** Old vectors of a model go before there are new ones, lest those go with them. */
  const embeddingModel = async () => {
    const model = await tools.embeddingModel();
    while (model && (await readVectorModels(library)).unwanted.includes(model.key)) await deletePiece();
    return model;
  };
  for (;;) {
    bell.heard();
    const job = await nextJob(library, tools.now());
    if (job) {
      begin();
      await runJob(job.id, library, { ...tools, embeddingModel }, retryAt);
      tools.changed();
      await merging.begin();
      continue;
    }
    const deleted = await nextDeletedPage(library, tools.now());
    if (deleted) {
      begin();
      await deletePage(library, deleted);
      await merging.begin();
      continue;
    }
    const deletedConversation = await nextDeletedConversation(library, tools.now());
    if (deletedConversation) {
      begin();
      await deleteDueConversation(library, deletedConversation, tools.now());
      continue;
    }
    const wasAtWork = (await deletePiece()) || (await tools.restorePiece(begin));
    const runAt = wasAtWork ? tools.now() : await embedNextPage({ ...tools, embeddingModel, library, retryAt, begin });
    await merging.begin();
    // No segments pile up here, as they do from page to page that is saved; but what was deleted meanwhile is to be gone from the disk.
    // But a page that is saved meanwhile does not wait for it: to make a large segment anew takes minutes.
    await Promise.race([merging.settled(), bell.rung()]);
    if (bell.isRung || (runAt !== undefined && runAt <= tools.now())) continue;
    const starts = await Promise.all([nextJobStart(library), nextDeletionStart(library), nextConversationDeletionStart(library)]);
    const times = [...starts, runAt].filter((time) => time !== undefined);
    return tools.wakeAt(times.length > 0 ? Math.min(...times) : undefined);
  }
}

/** One step. An index that could not be merged is slower, not wrong: no reason to stop saving. @returns whether there may be more */
async function tidy(library: Library): Promise<boolean> {
  if (await unlessFailing('The index could not be merged:', () => mergeNext(library))) return true;
  return (await unlessFailing('What is known of the vectors could not be made anew:', () => mendNextIndex(library))) ?? false;
}

async function unlessFailing<Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    console.error(what, problemOf(error));
    return undefined;
  }
}

type RetryAt = IngestTools['retryAt'];

const retryAtBy =
  (now: () => number): RetryAt =>
  (problem, attempts) =>
    now() + (retryDelayMs(problem, attempts) ?? Number.POSITIVE_INFINITY);

async function runJob(jobId: JobId, library: Library, tools: JobRunnerTools, retryAt: RetryAt): Promise<void> {
  const begun = await beginJob(library, jobId, (attempts) => notBeforeIfInterrupted(attempts, retryAt));
  if (!begun) return;
  const { job } = begun;
  try {
    const { embeddingModel, detectLanguage, readFile, now, newId, report } = tools;
    const workTools = { library, embeddingModel, detectLanguage, readFile, now, newId, report, retryAt };
    await (job.kind === 'ingest' ? ingestPage(begun, workTools) : runEmbedJob(job, workTools));
  } catch (error) {
    if (isCutOff(error)) throw error;
    const problem = problemOf(error);
    const isMended = problem.code === 'internal' && (await mendWhatFailed(library));
    // Once: what is mended and fails again is not what was mended.
    const notBefore = isMended && job.problem?.code !== 'internal' ? tools.now() : retryAt(problem, job.attempts);
    const failed = await changeJob(library, begun, { problem, notBefore });
    if (failed) tools.report(failed);
  }
}
