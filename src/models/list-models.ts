import type { OfferedModel } from '../core/models/offered-model';
import { ProblemError } from '../core/problem';
import { modelProblem } from './model-problem';
import { openModelServer, type ServerAddress } from './model-server';
import { readOfferedModels } from './read-offered-models';
import { readStart } from './read-start';

/** Someone waits for this one with the settings open. */
const listSilenceMs = 15_000;
/** The longest list of a public router takes a tenth of this. */
const maximumCharacters = 10_000_000;

/** The models that a server offers, in alphabetical order. @throws ProblemError any `model-…` */
export async function listModels(address: ServerAddress): Promise<OfferedModel[]> {
  try {
    const response = await openModelServer(address, listSilenceMs).models.list().asResponse();
    const text = response.body ? await readStart(response.body, maximumCharacters) : '';
    const models = readOfferedModels(JSON.parse(text));
    if (!models) throw new ProblemError({ code: 'model-malformed' });
    return models.sort((a, b) => a.id.localeCompare(b.id));
  } catch (error) {
    throw modelProblem(error, address.apiKey);
  }
}
