import { webOrigin } from '../../../core/capture/web-origin';
import { trainingServices } from '../../../core/tuning/training/training-services';
import type { TuningServiceName } from '../../../core/tuning/training/tuning-job';
import { serviceNames } from './service-names';

/** Whether it is the provider itself that is asked at an address: others may be reached by the same protocol. */
export function isProvider(service: TuningServiceName, baseUrl: string): boolean {
  return webOrigin(baseUrl) === webOrigin(trainingServices[service].baseUrl);
}

/** Who gets what is sent there: the provider by its name, another server by its host. */
export function serviceAt(service: TuningServiceName, baseUrl: string): string {
  return isProvider(service, baseUrl) || !URL.canParse(baseUrl) ? serviceNames[service] : new URL(baseUrl).host;
}
