import { ProblemError } from '../core/problem';
import { modelProblem } from './model-problem';
import { openModelServer, type ServerAddress } from './model-server';

/** Someone waits for this one with the settings open. */
const listSilenceMs = 15_000;

/** The ids of the models that a server offers, in alphabetical order. @throws ProblemError any `model-…` */
export async function listModels(address: ServerAddress): Promise<string[]> {
  try {
    const reply = await openModelServer(address, listSilenceMs).models.list();
    if (!Array.isArray(reply.data)) throw new ProblemError({ code: 'model-malformed' });
    return reply.data.map((model) => model.id).sort((a, b) => a.localeCompare(b));
  } catch (error) {
    throw modelProblem(error, address.apiKey);
  }
}
