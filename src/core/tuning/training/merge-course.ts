import { mergeMetrics } from './training-metrics';
import type { TuningJobCourse } from './tuning-job';

const mostEvents = 1_000;
const mostCheckpoints = 100;

/** Adds what a service told now to what it told before: it may give only the last of it, or tell more of the same. */
export function mergeCourse(before: TuningJobCourse, told: TuningJobCourse): TuningJobCourse {
  const events = byKey([...before.events, ...told.events], ({ id }) => id).toSorted((one, other) => one.at - other.at);
  const checkpoints = byKey([...before.checkpoints, ...told.checkpoints], ({ model }) => model);
  return {
    events: events.slice(-mostEvents),
    metrics: mergeMetrics(before.metrics, told.metrics),
    checkpoints: checkpoints.toSorted((one, other) => one.step - other.step).slice(-mostCheckpoints),
  };
}

/** The last of each key, in the place of the first. */
function byKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
