import { listJobs, renewJob } from '../../storage/pages/jobs';
import type { Library } from '../../storage/schema';
import { changeRun, resumed } from '../../storage/vectors/embedding-run';
import { readVectorModels } from '../../storage/vectors/vector-models';

/** Lets work that the cap stopped be tried again: the cap or the prices are others now. */
export async function resumeCapped(library: Library): Promise<void> {
  for (const job of await listJobs(library)) if (job.problem?.code === 'spending-cap') await renewJob(library, job.id);
  const { run } = await readVectorModels(library);
  if (run?.problem?.code === 'spending-cap')
    await changeRun(library, run.id, (stopped) => ({ ...resumed(stopped), isPaused: stopped.isPaused }));
}
