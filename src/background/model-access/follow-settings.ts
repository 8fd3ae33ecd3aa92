import { listJobs, removeJob, renewJob } from '../../storage/pages/jobs';
import type { Library } from '../../storage/schema';
import { changeRun, resumed } from '../../storage/vectors/embedding-run';
import { readVectorModels } from '../../storage/vectors/vector-models';

/**
 * What changed settings do to work that needs a model. They may mend what it waits for; but nothing is sent to another model than the person agreed to:
 * vectors that jobs were to fetch become part of what a run would do, with its price told first, and a run of a model that is not chosen is paused.
 * @param keyBefore the embedding model that was chosen; `undefined` when there was none
 * @param key the one that is chosen now
 */
export async function followSettings(library: Library, keyBefore: string | undefined, key: string | undefined): Promise<void> {
  for (const job of await listJobs(library)) {
    if (job.kind === 'embed' && key !== keyBefore) await removeJob(library, job.id);
    else if (job.problem?.code.startsWith('model-')) await renewJob(library, job.id);
  }
  const { run } = await readVectorModels(library);
  if (!run) return;
  if (run.problem?.code.startsWith('model-'))
    await changeRun(library, run.id, (stopped) => ({ ...resumed(stopped), isPaused: stopped.isPaused }));
  if (run.modelKey !== key) await changeRun(library, run.id, (current) => ({ ...current, isPaused: true }));
}
