import type { Conversation, ConversationId, Message } from '../../src/core/conversation/conversation';
import { defaultModelSettings } from '../../src/core/models/settings';
import { problemOf } from '../../src/core/problem';
import { type AnswerPart, type Asked, type AskerMessage, answerPort } from '../../src/protocol/answer-stream';
import type { Handlers } from '../../src/protocol/handle';
import { type LibraryEvent, libraryPort } from '../../src/protocol/library-events';
import type { Envelope, Reply } from '../../src/protocol/send';
import type { WorkerRequests } from '../../src/protocol/worker-requests';
import type { PanelBrowser } from '../../src/sidepanel/client';

export type FakeHandlers = Partial<Handlers<WorkerRequests, null>>;

/** One answer as a test writes it. `stopped` is aborted when the asker says stop or goes away; ending without a last part plays a worker that died. */
export type FakeAnswer = (
  question: string,
  conversationId: ConversationId | undefined,
  stopped: AbortSignal,
  asked: Asked,
) => AsyncIterable<AnswerPart>;

export interface FakeWorkerOptions {
  /** Answers to requests, in the place of those of an empty library. */
  readonly handlers?: FakeHandlers;
  readonly answer?: FakeAnswer;
  /** The words of the interface, as in `messages.json`. Left out, every word is its key. */
  readonly messages?: Readonly<Record<string, { readonly message: string }>>;
  readonly grantsAccess?: boolean;
}

export interface FakeWorker {
  /** What the panel takes for the browser. */
  readonly browser: PanelBrowser;
  /** The requests it got, in order. */
  readonly requests: readonly Envelope[];
  /** The addresses opened in new tabs. */
  readonly openedAddresses: readonly string[];
  readonly requestedOrigins: readonly string[];
  /** Tells every open panel. */
  emit(event: LibraryEvent): void;
  /** Puts another tab in front. */
  chooseTab(tabId: number): void;
  /** Dies: every Port closes. The next connection finds it alive again. */
  die(): void;
}

const emptyLibrary: FakeHandlers = {
  'tab/status': async ({ tabId }) => ({ tabId, url: 'https://example.org/', title: 'Example' }),
  'library/overview': async () => ({ pages: 0, inProgress: [], jobs: { working: 0, failed: 0 }, deletions: [] }),
  'library/list': async () => ({ pages: [], total: 0 }),
  'library/facets': async () => ({ sites: [], tags: [], hasModel: false }),
  'tabs/examine': async () => [],
  'scope/describe': async () => ({ pages: 0, named: [] }),
  'conversations/list': async (): Promise<Conversation[]> => [],
  'conversations/deleted': async () => [],
  'conversation/read': async (): Promise<Message[]> => [],
  'settings/read': async () => ({ ...defaultModelSettings, hasKey: false }),
  'restore/status': async () => null,
  'backup/schedule': async () => null,
  'embedding/status': async () => ({ totalPages: 0, kept: [] }),
  'embedding/backlog': async () => ({ pages: 0, passages: 0, tokens: 0, cost: { kind: 'unknown' } }),
};

/** The worker's end of the protocol, in memory, behind the parts of the browser that the panel uses. */
export function createFakeWorker({ handlers, answer, messages, grantsAccess = true }: FakeWorkerOptions = {}): FakeWorker {
  const answering = { ...emptyLibrary, ...handlers };
  const requests: Envelope[] = [];
  const openedAddresses: string[] = [];
  const requestedOrigins: string[] = [];
  const ports = new Set<FakePort>();
  const activated = new Set<() => void>();
  let tabId = 1;

  const sendMessage = async (message: unknown): Promise<Reply> => {
    // As the browser does: what travels is a copy.
    const envelope = structuredClone(message) as Envelope;
    requests.push(envelope);
    const handler = answering[envelope.request as keyof WorkerRequests] as ((data: unknown) => Promise<unknown>) | undefined;
    if (!handler) return { ok: false, problem: { code: 'internal', detail: `No handler for “${envelope.request}”.` } };
    try {
      return { ok: true, value: structuredClone(await handler(envelope.data)) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  };

  const connect = ({ name }: { readonly name: string }) => {
    const port = createFakePort(name, () => ports.delete(port));
    ports.add(port);
    if (name === answerPort && answer) void serveAnswer(port, answer);
    return port.panelEnd;
  };

  const browser = {
    runtime: { id: 'fake', sendMessage, connect, getURL: (path: string) => `chrome-extension://fake/${path}` },
    tabs: {
      query: async () => [{ id: tabId }],
      create: async ({ url }: { readonly url: string }) => void openedAddresses.push(url),
      onActivated: { addListener: (listener: () => void) => activated.add(listener) },
      onUpdated: { addListener: () => {} },
    },
    permissions: {
      request: async ({ origins }: { readonly origins: readonly string[] }) => {
        requestedOrigins.push(...origins);
        return grantsAccess;
      },
    },
    i18n: {
      getMessage: (key: string, values: readonly string[] = []) =>
        messages ? (messages[key]?.message ?? '').replace(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? '') : key,
    },
  };

  return {
    browser: browser as unknown as PanelBrowser,
    requests,
    openedAddresses,
    requestedOrigins,
    emit(event) {
      for (const port of ports) if (port.name === libraryPort) port.tellPanel(event);
    },
    chooseTab(id) {
      tabId = id;
      for (const listener of activated) listener();
    },
    die() {
      for (const port of [...ports]) port.closeFromWorker();
    },
  };
}

type FakePort = ReturnType<typeof createFakePort>;

function createFakePort(name: string, onClosed: () => void) {
  const panelListeners = new Set<(message: unknown) => void>();
  const workerListeners = new Set<(message: AskerMessage) => void>();
  const disconnectListeners = new Set<() => void>();
  const gone = new AbortController();
  const close = () => {
    onClosed();
    gone.abort();
  };
  return {
    name,
    /** Aborted when either end has closed it. */
    gone: gone.signal,
    panelEnd: {
      name,
      postMessage: (message: AskerMessage) => {
        for (const listener of workerListeners) listener(structuredClone(message));
      },
      disconnect: close,
      onMessage: { addListener: (listener: (message: unknown) => void) => panelListeners.add(listener) },
      onDisconnect: { addListener: (listener: () => void) => disconnectListeners.add(listener) },
    },
    onAsker: (listener: (message: AskerMessage) => void) => workerListeners.add(listener),
    tellPanel(message: unknown) {
      if (!gone.signal.aborted) for (const listener of panelListeners) listener(structuredClone(message));
    },
    closeFromWorker() {
      if (gone.signal.aborted) return;
      close();
      for (const listener of disconnectListeners) listener();
    },
  };
}

async function serveAnswer(port: FakePort, answer: FakeAnswer): Promise<void> {
  const stopping = new AbortController();
  port.gone.addEventListener('abort', () => stopping.abort());
  const asked = await new Promise<Extract<AskerMessage, { type: 'ask' }>>((resolve) => {
    port.onAsker((message) => {
      if (message.type === 'stop') stopping.abort();
      else resolve(message);
    });
  });
  for await (const part of answer(asked.question, asked.conversationId, stopping.signal, asked)) port.tellPanel(part);
  port.closeFromWorker();
}
