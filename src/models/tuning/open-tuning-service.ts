import type { TuningServiceName } from '../../core/tuning/training/tuning-job';
import type { ServerAddress } from '../model-server';
import type { TuningService } from '../tuning-service';
import { fireworksTuningService } from './fireworks-tuning-service';
import { openAiTuningService } from './openai-tuning-service';

/** The service of that name at an address. @throws ProblemError `model-address-invalid` when it is first asked */
export function openTuningService(name: TuningServiceName, address: ServerAddress): TuningService {
  return { openai: openAiTuningService, fireworks: fireworksTuningService }[name](address);
}
