import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';

/** What is known of a request when it is checked. */
export interface CheckedRequest {
  readonly method: string;
  /** Below the base address: `/embeddings`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; `undefined` when there is none. */
  readonly body: unknown;
}

/** Says what is wrong with a request, one sentence each; nothing when it keeps to the document. */
export type RequestValidator = (request: CheckedRequest) => string[];

type Schema = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const documentFile = fileURLToPath(new URL('../../../shared/openai/openapi.json', import.meta.url));
const schemaKeywordsToDrop = new Set(['example', 'default', 'deprecated', 'title', 'description']);

/**
 * Turns the mixture of OpenAPI 3.0 and 3.1 that the document is written in into JSON Schema 2020-12: `nullable` becomes a choice with null,
 * a boolean `exclusiveMinimum` takes the minimum's value, and references lead into `$defs`.
 */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const result: Schema = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') {
      const properties = Object.entries(value as Schema).map(([name, schema]) => [name, toJsonSchema(schema)]);
      result[key] = Object.fromEntries(properties);
    } else if (key === '$ref') {
      result[key] = String(value).replace('#/components/schemas/', '#/$defs/');
    } else if (key === 'exclusiveMinimum' && value === true) {
      result[key] = (node as Schema).minimum;
    } else if (key === 'enum' || key === 'const' || key === 'required') {
      result[key] = value;
    } else if (key !== 'nullable' && !schemaKeywordsToDrop.has(key) && !key.startsWith('x-')) {
      result[key] = toJsonSchema(value);
    }
  }
  return (node as Schema).nullable === true ? { anyOf: [result, { type: 'null' }] } : result;
}

function describe(error: ErrorObject): string {
  const where = error.instancePath || 'the body';
  const extra = error.params.unevaluatedProperty ?? error.params.additionalProperty ?? error.params.allowedValues;
  return `${where} ${error.message}${extra === undefined ? '' : ` (${String(extra)})`}`;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly parameters: ReadonlyMap<string, { readonly required: boolean; readonly check: ValidateFunction }>;
  readonly bodyRequired: boolean;
  readonly takesJson: boolean;
  readonly checkBody?: ValidateFunction;
  /** Of the fields of a form; a file in it is its name. */
  readonly checkForm?: ValidateFunction;
}

function compileRoutes(document: Document): Route[] {
  // `logger: false`: the document's own keywords (`discriminator` mappings, formats) are many and none of our business.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, discriminator: true, allErrors: false, logger: false });
  const queryAjv = new Ajv2020({ strict: false, validateFormats: false, coerceTypes: 'array', logger: false });
  const definitions = toJsonSchema(document.components.schemas);
  const compile = (validator: Ajv2020, schema: Schema, closed: boolean): ValidateFunction =>
    // OpenAI refuses parameters it does not know, which most of the document's schemas leave unsaid.
    validator.compile({ $defs: definitions, allOf: [toJsonSchema(schema)], ...(closed ? { unevaluatedProperties: false } : {}) });
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const json = operation.requestBody?.content['application/json']?.schema;
      const form = operation.requestBody?.content['multipart/form-data']?.schema;
      const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
      return {
        method: method.toUpperCase(),
        pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
        parameters: new Map(
          parameters.map((parameter) => [
            parameter.name,
            { required: parameter.required ?? false, check: compile(queryAjv, { properties: { value: parameter.schema } }, false) },
          ]),
        ),
        bodyRequired: operation.requestBody?.required ?? false,
        takesJson: json !== undefined,
        ...(json ? { checkBody: compile(ajv, json, true) } : {}),
        ...(form ? { checkForm: compile(ajv, form, true) } : {}),
      };
    }),
  );
}

function checkQuery(route: Route, query: CheckedRequest['query']): string[] {
  const unknown = Object.keys(query).filter((name) => !route.parameters.has(name));
  const absent = [...route.parameters].filter(([name, { required }]) => required && !(name in query)).map(([name]) => name);
  const wrong = [...route.parameters].filter(([name, { check }]) => name in query && !check({ value: query[name] })).map(([name]) => name);
  return [
    ...unknown.map((name) => `the query parameter ${name} is not known`),
    ...absent.map((name) => `the query parameter ${name} is missing`),
    ...wrong.map((name) => `the query parameter ${name} has a wrong value`),
  ];
}

function checkBody(route: Route, request: CheckedRequest): string[] {
  if (request.body === undefined) return route.bodyRequired ? ['the body is missing'] : [];
  const type = request.headers['content-type'] ?? '';
  if (route.checkForm && (!route.takesJson || type.startsWith('multipart/form-data'))) {
    if (!type.startsWith('multipart/form-data')) return ['the content type is not multipart/form-data'];
    return route.checkForm(request.body) ? [] : (route.checkForm.errors ?? []).map(describe);
  }
  if (!route.takesJson) return route.bodyRequired ? [] : ['there is a body where none belongs'];
  if (!/^application\/json\b/.test(type)) return ['the content type is not application/json'];
  return route.checkBody?.(request.body) === false ? (route.checkBody.errors ?? []).map(describe) : [];
}

/** To read the document takes a good part of a second, and each file of tests asks for it. */
let known: RequestValidator | undefined;

/**
 * Reads OpenAI's own description of its interface, kept beside the checkout, and makes a check of requests from it: path, query and JSON body.
 * @returns null when the file is not there; then say so where people see it.
 */
export function loadRequestValidator(file = documentFile): RequestValidator | null {
  if (!existsSync(file)) return null;
  known ??= validatorOf(JSON.parse(readFileSync(file, 'utf8')) as Document);
  return known;
}

function validatorOf(document: Document): RequestValidator {
  const routes = compileRoutes(document);
  return (request) => {
    const name = `${request.method} ${request.path}`;
    const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(request.path));
    if (!route) return [`${name}: no such operation`];
    return [...checkQuery(route, request.query), ...checkBody(route, request)].map((problem) => `${name}: ${problem}`);
  };
}
