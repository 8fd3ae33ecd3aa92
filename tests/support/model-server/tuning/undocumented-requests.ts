import * as v from 'valibot';
import type { CheckedRequest } from '../../openapi-validation';

interface Rule {
  readonly method: string;
  readonly path: RegExp;
  /** Of a JSON body; absent where none belongs. */
  readonly body?: v.GenericSchema;
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
];

/** What is wrong with a request that OpenAI's document knows nothing of; `undefined` when it is none of those. */
export function checkUndocumented(request: CheckedRequest): string[] | undefined {
  const rule = rules.find(({ method, path }) => method === request.method && path.test(request.path));
  return rule && faultsOf(rule, request).map((fault) => `${request.method} ${request.path}: ${fault}`);
}

function faultsOf({ body: schema, form }: Rule, { headers, body, query }: CheckedRequest): string[] {
  const type = headers['content-type'] ?? '';
  const unknown = Object.keys(query).map((name) => `the query parameter ${name} is not known`);
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
