import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type Refusal, requestParts } from '../../core/models/refusals';

const itemKey = 'learnedRefusals';
const maximumModels = 200;
const maximumRefusals = 50;

const refusalSchema: v.GenericSchema<unknown, Refusal> = v.object({
  part: v.picklist(requestParts),
  value: v.exactOptional(v.union([v.pipe(v.string(), v.maxLength(200)), v.number()])),
});
/** The model that something was last learned of comes last. */
const schema = v.record(v.string(), v.pipe(v.array(refusalSchema), v.maxLength(maximumRefusals)));

type Learned = v.InferOutput<typeof schema>;

/** @param modelKey stands for a model of one server (see `modelKey`) */
export async function readRefusals(modelKey: string): Promise<readonly Refusal[]> {
  return (await readAll())[modelKey] ?? [];
}

/** Adds what a model turned out to refuse. */
export function addRefusals(modelKey: string, refusals: readonly Refusal[]): Promise<void> {
  return change((learned) => {
    const { [modelKey]: before = [], ...others } = learned;
    const added = refusals.filter(({ part, value }) => !before.some((known) => known.part === part && known.value === value));
    return { ...others, [modelKey]: [...before, ...added].slice(-maximumRefusals) };
  });
}

/** Lets everything be tried with a model again. */
export function forgetRefusals(modelKey: string): Promise<void> {
  return change(({ [modelKey]: _, ...others }) => others);
}

async function readAll(): Promise<Learned> {
  const stored = await browser.storage.local.get(itemKey);
  const learned = v.safeParse(schema, stored[itemKey] ?? {});
  return learned.success ? learned.output : {};
}

let changing: Promise<unknown> = Promise.resolve();

/** One change after the other, that none is lost to another that read the same. */
function change(make: (learned: Learned) => Learned): Promise<void> {
  const changed = changing.then(async () => {
    const learned = Object.entries(make(await readAll())).slice(-maximumModels);
    await browser.storage.local.set({ [itemKey]: Object.fromEntries(learned) });
  });
  changing = changed.catch(() => {});
  return changed;
}
