import * as v from 'valibot';
import type { CheckedRequest } from '../../openapi-validation';

interface Rule {
  readonly method: string;
  readonly path: RegExp;
  /** Of a JSON body; absent where none belongs. */
  readonly body?: v.GenericSchema;
  /** The parameters that may be in the address. */
  readonly query?: readonly string[];
  /** The names of the fields of a form. */
  readonly form?: readonly string[];
}

const id = v.pipe(v.string(), v.minLength(1));

/** What OpenAI's own document, as it is kept beside the checkout, leaves out (https://platform.openai.com/docs/api-reference/uploads). */
const rules: readonly Rule[] = [
  {
    method: 'POST',
    path: /^\/uploads$/,
    body: v.strictObject({
      filename: v.pipe(v.string(), v.regex(/^[\w. -]+\.jsonl$/)),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8 * 2 ** 30)),
      mime_type: v.picklist(['text/jsonl', 'application/jsonl']),
      purpose: v.literal('fine-tune'),
    }),
  },
  { method: 'POST', path: /^\/uploads\/[^/]+\/parts$/, form: ['data'] },
  {
    method: 'POST',
    path: /^\/uploads\/[^/]+\/complete$/,
    body: v.strictObject({ part_ids: v.pipe(v.array(id), v.minLength(1)), md5: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))) }),
  },
  { method: 'POST', path: /^\/uploads\/[^/]+\/cancel$/ },
  { method: 'POST', path: /^\/fine_tuning\/jobs\/[^/]+\/(?:pause|resume)$/ },
  { method: 'DELETE', path: /^\/models\/[^/]+$/ },
  ...fireworksRules(),
];

/** Of what is asked of Fireworks (https://docs.fireworks.ai/api-reference); its own document is not kept here. */
function fireworksRules(): Rule[] {
  const dataset = v.pipe(v.string(), v.regex(/^accounts\/[\w-]+\/datasets\/[a-z0-9-]{1,63}$/));
  const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
  const training = {
    baseModel: v.pipe(v.string(), v.regex(/^accounts\/[\w-]+\/models\/[\w-]+$/)),
    epochs: v.optional(whole),
    batchSizeSamples: v.optional(whole),
    outputModel: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/))),
  };
  const common = { dataset, displayName: v.optional(v.string()) };
  const job = '\\/accounts\\/[\\w-]+\\/(?:supervisedFineTuningJobs|dpoJobs)';
  return [
    { method: 'GET', path: /^\/accounts$/ },
    {
      method: 'POST',
      path: /^\/accounts\/[\w-]+\/datasets$/,
      body: v.strictObject({
        datasetId: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,63}$/)),
        dataset: v.strictObject({ userUploaded: v.strictObject({}) }),
      }),
    },
    { method: 'GET', path: /^\/accounts\/[\w-]+\/datasets\/[a-z0-9-]+$/ },
    { method: 'POST', path: /^\/accounts\/[\w-]+\/datasets\/[a-z0-9-]+:upload$/, form: ['file'] },
    {
      method: 'POST',
      path: /^\/accounts\/[\w-]+\/supervisedFineTuningJobs$/,
      body: v.strictObject({ ...common, ...training, evaluationDataset: v.optional(dataset) }),
    },
    {
      method: 'POST',
      path: /^\/accounts\/[\w-]+\/dpoJobs$/,
      body: v.strictObject({
        ...common,
        trainingConfig: v.strictObject(training),
        lossConfig: v.strictObject({
          method: v.literal('DPO'),
          dpo: v.optional(v.strictObject({ beta: v.pipe(v.number(), v.gtValue(0), v.ltValue(0.5)) })),
        }),
      }),
    },
    { method: 'GET', path: new RegExp(`^${job}$`), query: ['pageSize', 'pageToken', 'orderBy', 'filter', 'readMask'] },
    { method: 'GET', path: new RegExp(`^${job}\\/[\\w-]+$`), query: ['readMask'] },
    { method: 'POST', path: new RegExp(`^${job}\\/[\\w-]+:cancel$`), body: v.strictObject({}) },
  ];
}

/** What is wrong with a request that OpenAI's document knows nothing of; `undefined` when it is none of those. */
export function checkUndocumented(request: CheckedRequest): string[] | undefined {
  const rule = rules.find(({ method, path }) => method === request.method && path.test(request.path));
  return rule && faultsOf(rule, request).map((fault) => `${request.method} ${request.path}: ${fault}`);
}

function faultsOf({ body: schema, form, query: known = [] }: Rule, { headers, body, query }: CheckedRequest): string[] {
  const type = headers['content-type'] ?? '';
  const unknown = Object.keys(query)
    .filter((name) => !known.includes(name))
    .map((name) => `the query parameter ${name} is not known`);
  if (form) {
    const fields = typeof body === 'object' && body ? Object.keys(body) : [];
    const isForm = type.startsWith('multipart/form-data') && fields.join() === form.join();
    return isForm ? unknown : [...unknown, `the body is no form of ${form.join(', ')}`];
  }
  if (!schema) return body === undefined ? unknown : [...unknown, 'there is a body where none belongs'];
  if (!type.startsWith('application/json')) return [...unknown, 'the content type is not application/json'];
  const read = v.safeParse(schema, body);
  return read.success ? unknown : [...unknown, ...read.issues.map((issue) => `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`)];
}
