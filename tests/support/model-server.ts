import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerFromPassages } from './model-server/answer-from-passages';
import { ApiError, unknownModel } from './model-server/api-error';
import { type ChatModelEntry, createCatalogue } from './model-server/catalogue';
import { createChatCompletion } from './model-server/chat-completions';
import { bodyObject, checkKey } from './model-server/check-request';
import { createCompletion } from './model-server/completions';
import { asksToDraft, draftPairs } from './model-server/draft-pairs';
import { createEmbeddings } from './model-server/embeddings';
import { type Failure, FailureOrders, isCarried, replyOfFailure } from './model-server/failure';
import { FenceCheck } from './model-server/fence-check';
import { createImage } from './model-server/images';
import { type Misbehaviour, misbehave } from './model-server/misbehaviour';
import { obeyPassages } from './model-server/obey-passages';
import {
  asksToCondense,
  asksToRewrite,
  asksToSuggest,
  condenseConversation,
  rewriteQuestion,
  suggestQuestions,
} from './model-server/prepare-answer';
import { type ChatMessage, readPrompt } from './model-server/read-prompt';
import { type RecordedRequest, recordRequest } from './model-server/record-request';
import type { Reply } from './model-server/reply';
import { sendReply } from './model-server/send-reply';
import { FireworksTuning } from './model-server/tuning/fireworks-tuning';
import { OpenAiTuning } from './model-server/tuning/openai-tuning';
import { tunedAnswer } from './model-server/tuning/tuned-answer';
import { TuningDesk } from './model-server/tuning/tuning-desk';
import { checkUndocumented } from './model-server/tuning/undocumented-requests';
import type { RequestValidator } from './openapi-validation';

export interface ModelServerOptions {
  /** A free port unless told. */
  readonly port?: number;
  /** The only key that is taken: `test-key` unless told, none needed when `null`. */
  readonly apiKey?: string | null;
  /** The most tokens a prompt may have, by chat model: 128,000 unless told. */
  readonly contextTokens?: Readonly<Record<string, number>>;
  /** How fast answers stream: as fast as they can unless told. */
  readonly tokensPerSecond?: number;
  /** Give floats even when asked for base64, as some servers do. */
  readonly floatOnly?: boolean;
  /** Looks at every request; what it finds is kept in `violations`. */
  readonly validator?: RequestValidator | null;
}

export interface ModelServer {
  /** The base address, such as `http://127.0.0.1:4321/v1`. */
  readonly url: string;
  readonly apiKey: string | null;
  /** All requests but preflights, oldest first. Empty it between tests with `requests.length = 0`. */
  readonly requests: RecordedRequest[];
  /** What was wrong with the requests by the OpenAPI document (when there is a validator) or by the rules for fences; and faults of this server. */
  readonly violations: string[];
  /** Set it to make answers slow enough to be stopped. */
  tokensPerSecond: number | undefined;
  /** Set it to have the models do whatever the passages say (`obeyPassages`). */
  obeysPassages: boolean;
  /** The jobs of training, which move on when they are told (`advance`, `finish`), and how they are to go. */
  readonly tuning: TuningDesk;
  /** Adds to the answers that `test-scripted` will give, one a request. */
  script(answers: readonly string[]): void;
  /** Makes the next request or requests fail, but for those that are not for an answer. Orders add up. */
  fail(failure: Failure): void;
  /** Makes the model do as told with the next question that it is asked. Orders add up. */
  misbehave(order: Misbehaviour): void;
  /** Forgets all ordered failures and misbehaviours. */
  recover(): void;
  /** Stops listening and breaks all connections. */
  close(): Promise<void>;
}

const permissive = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': '*, authorization',
  'access-control-allow-private-network': 'true',
  'access-control-expose-headers': '*',
};

/**
 * Starts a server that speaks OpenAI's protocol on a free port of 127.0.0.1. It is strict where OpenAI is strict, embeds by words and concepts
 * (`embedText`), and answers from the passages in the prompt (`answerFromPassages`), so that a wrong retrieval shows in the answer.
 * Every connection serves one request, so that a browser cannot mistake a dropped one for a stale one and try again unasked.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const apiKey = options.apiKey === undefined ? 'test-key' : options.apiKey;
  const catalogue = createCatalogue(options.contextTokens);
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const scripted: string[] = [];
  const orders = new FailureOrders();
  const misbehaviours: Misbehaviour[] = [];
  const fences = new FenceCheck();
  const startedAtSeconds = Math.floor(Date.now() / 1_000);

  const answer = (entry: ChatModelEntry, messages: readonly ChatMessage[]): string => {
    if (asksToRewrite(messages)) return rewriteQuestion(messages);
    if (asksToCondense(messages)) return condenseConversation(messages);
    if (asksToSuggest(messages)) return suggestQuestions(messages);
    if (asksToDraft(messages)) {
      violations.push(...fences.check(readPrompt(messages), messages));
      return draftPairs(messages);
    }
    if (entry.scripted) {
      const next = scripted.shift();
      if (next === undefined) throw new ApiError(500, 'No scripted answer is left.', { type: 'server_error' });
      return next;
    }
    const untuned = answerPrompt(messages);
    return entry.learned ? tunedAnswer(entry.learned, readPrompt(messages).question, untuned) : untuned;
  };

  const answerPrompt = (messages: readonly ChatMessage[]): string => {
    const prompt = readPrompt(messages);
    violations.push(...fences.check(prompt, messages));
    return (server.obeysPassages && obeyPassages(prompt)) || answerFromPassages(prompt);
  };

  const tuning = new TuningDesk(catalogue);
  const openAiTuning = new OpenAiTuning(tuning);
  const fireworks = new FireworksTuning(tuning);

  const describe = (id: string): object => ({ id, object: 'model', created: startedAtSeconds, owned_by: 'commonplace-tests' });

  const reply = async (request: RecordedRequest): Promise<Reply> => {
    const [method, path] = [request.method, request.path];
    if (method === 'GET' && path === '/models') {
      return { type: 'json', status: 200, body: { object: 'list', data: [...catalogue.keys()].map(describe) } };
    }
    if (method === 'POST' && path === '/embeddings') {
      return { type: 'json', status: 200, body: createEmbeddings(bodyObject(request.body), catalogue, options.floatOnly ?? false) };
    }
    if (method === 'POST' && path === '/images/generations') {
      return { type: 'json', status: 200, body: createImage(bodyObject(request.body), catalogue, `${server.url}/made.png`) };
    }
    if (method === 'POST' && path === '/chat/completions') {
      const honest = createChatCompletion(bodyObject(request.body), catalogue, answer);
      const order = isPreparing(request) ? undefined : misbehaviours.shift();
      return order ? misbehave(order, honest) : honest;
    }
    if (method === 'POST' && path === '/completions') {
      return createCompletion(bodyObject(request.body), catalogue, (text) => answerPrompt([{ role: 'user', content: text }]));
    }
    const ofTuning = (await tuning.files.reply(request)) ?? openAiTuning.reply(request) ?? (await fireworks.reply(request));
    if (ofTuning) return ofTuning;
    if (method === 'DELETE' && path.startsWith('/models/')) {
      const id = decodeURIComponent(path.slice('/models/'.length));
      if (!tuning.deleteModel(id)) throw unknownModel(id);
      return { type: 'json', status: 200, body: { id, object: 'model', deleted: true } };
    }
    throw new ApiError(404, `Unknown request URL: ${method} ${path}.`, { code: 'unknown_url' });
  };

  const decide = async (request: RecordedRequest, failure: Failure | undefined): Promise<Reply> => {
    try {
      const authorization = request.headers.authorization ?? '';
      const model = typeof request.body === 'object' && request.body && 'model' in request.body ? String(request.body.model) : '';
      if (failure && !isCarried(failure.kind)) return replyOfFailure(failure.kind, failure, model, authorization);
      checkKey(authorization, apiKey);
      return await reply(request);
    } catch (error) {
      // Anything else is a fault of this server, which no test should take for one that it ordered.
      if (!(error instanceof ApiError)) throw error;
      return { type: 'json', status: error.status, body: { error: error.body }, headers: error.headers };
    }
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(permissive)) response.setHeader(name, value);
    if (incoming.method === 'OPTIONS') {
      response.shouldKeepAlive = false;
      response.writeHead(204).end();
      return;
    }
    const request = await recordRequest(incoming);
    requests.push(request);
    violations.push(...(checkUndocumented(request) ?? options.validator?.(request) ?? []));
    const failure = isPreparing(request) ? undefined : orders.take(request.path);
    const carried = failure && isCarried(failure.kind) ? failure.kind : undefined;
    const hungUp = new AbortController();
    response.on('close', () => {
      hungUp.abort();
      if (!response.writableEnded && carried !== 'drop' && carried !== 'drop-midway') request.abandonedAt = Date.now();
    });
    const decided = await decide(request, failure);
    request.status = carried === 'drop' || carried === 'silence' ? 0 : 'status' in decided ? decided.status : 200;
    // Node's fetch takes a break for an orderly end when the header announced that the connection would close.
    response.shouldKeepAlive = carried === 'drop-midway';
    await sendReply(response, decided, {
      signal: hungUp.signal,
      ...(carried ? { failure: carried } : {}),
      ...(server.tokensPerSecond ? { tokensPerSecond: server.tokensPerSecond } : {}),
    });
  };

  const http = createServer((incoming, response) => {
    serve(incoming, response).catch((fault: unknown) => {
      violations.push(`The test server itself failed: ${String(fault)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const server: ModelServer = {
    url: `http://127.0.0.1:${port}/v1`,
    apiKey,
    requests,
    violations,
    tokensPerSecond: options.tokensPerSecond,
    obeysPassages: false,
    tuning,
    script: (answers) => void scripted.push(...answers),
    fail: (failure) => orders.add(failure),
    misbehave: (order) => void misbehaviours.push(order),
    recover: () => {
      orders.clear();
      misbehaviours.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        tuning.pace();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

function isPreparing({ body }: RecordedRequest): boolean {
  const messages = typeof body === 'object' && body && 'messages' in body ? body.messages : undefined;
  return Array.isArray(messages) && [asksToRewrite, asksToCondense].some((asks) => asks(messages as ChatMessage[]));
}
