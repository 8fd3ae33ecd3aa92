import type { Browser } from 'webextension-polyfill';
import { type Access, missingAccess } from '../core/capture/access';
import { originPattern } from '../core/capture/origin-pattern';
import { originsOf, type SitePattern } from '../core/capture/site-pattern';
import type { IngestProgress } from '../core/pages/job';
import type { PageId } from '../core/pages/page';
import { ProblemError } from '../core/problem';
import { type AnswerPart, type Asked, type AskerMessage, answerPort } from '../protocol/answer-stream';
import { type ComparerMessage, type ComparisonAsked, type ComparisonPart, comparisonPort } from '../protocol/comparison-stream';
import { directLane } from '../protocol/direct-lane';
import { createExchangedFile, openExchangedFile } from '../protocol/exchanged-files';
import type { FileRequests } from '../protocol/file-requests';
import { type FileOrder, type FileWorkPart, filePort } from '../protocol/file-work';
import { keptPort } from '../protocol/kept-port';
import { type LibraryEvent, libraryPort } from '../protocol/library-events';
import { panelLock } from '../protocol/panel-lock';
import { portTransport } from '../protocol/port-transport';
import { type InsteadOfLive, readerPath, type SavedPlace } from '../protocol/saved-place';
import { createSend, type Send } from '../protocol/send';
import type { QuotationSeen, WorkerRequests } from '../protocol/worker-requests';
import { type FileBeingMade, makeFile } from './file-being-made';

/** The parts of the browser that the panel uses. */
export type PanelBrowser = Pick<Browser, 'runtime' | 'tabs' | 'permissions'>;

export interface WindowTab {
  readonly id: number;
  readonly url?: string;
  readonly title?: string;
  /** The browser has put it away to save memory: there is nothing to read until it is looked at. */
  readonly isAsleep: boolean;
}

/** What the person allowed for one piece of work. */
export interface Loan {
  /** Under what name the worker knows it. */
  readonly holder: string;
  /** May be called again. */
  readonly giveBack: () => Promise<void>;
}

export interface AnswerListener {
  readonly onPart: (part: AnswerPart) => void;
  /** The worker died before the answer had ended. */
  readonly onLost: () => void;
}

export interface AnswerStream {
  /** Asks the worker to end the answer and keep what there is of it; the last part still comes. */
  readonly stop: () => void;
  /** Lets go of the answer: the worker stops it, and nothing more is heard of it. */
  readonly abandon: () => void;
}

export interface ComparisonListener {
  readonly onPart: (part: ComparisonPart) => void;
  /** The worker died before the comparison had ended. */
  readonly onLost: () => void;
}

export interface ComparisonStream {
  /** Has the models asked, once it is known what that would cost. */
  readonly ask: () => void;
  /** Ends all answers and keeps what there is of them; the last parts still come. */
  readonly stop: () => void;
  readonly abandon: () => void;
}

export interface LibraryListener {
  readonly onEvent: (event: LibraryEvent) => void;
  /** Events may have been missed since the last one: read everything again. */
  readonly onReconnect: () => void;
}

export interface FileWorkListener {
  readonly onPart: (part: FileWorkPart) => void;
  /** The worker died before it was done. */
  readonly onLost: () => void;
}

/** All that the panel says to the worker and the browser. */
export interface Client {
  readonly send: Send<WorkerRequests>;
  readonly ask: (asked: Asked, listener: AnswerListener) => AnswerStream;
  readonly compare: (asked: ComparisonAsked, listener: ComparisonListener) => ComparisonStream;
  /** Listens until the panel closes, whatever becomes of the worker in the meantime. */
  readonly onLibraryEvent: (listener: LibraryListener) => void;
  /** Calls with the id of the tab beside the panel: now, when another tab is chosen, and when its page begins to load (a new one) and has loaded. */
  readonly onCurrentTab: (listener: (tabId: number | undefined, isNewPage: boolean) => void) => void;
  /**
   * Asks the person to allow requests to a server's host. Call it straight from a click, before anything is awaited.
   * @param baseUrl a web address; throws a `TypeError` if it is none.
   */
  readonly requestAccess: (baseUrl: string) => Promise<boolean>;
  /** Asks the person to let files be put among the downloads. Call it straight from a click. */
  readonly requestDownloads: () => Promise<boolean>;
  /** Asks the person to let them be told when a training has ended. Call it straight from a click. */
  readonly requestNotifications: () => Promise<boolean>;
  readonly hasNotifications: () => Promise<boolean>;
  /** Orders a file to be made or looked at. @returns what asks the worker to stop; the last part still comes */
  readonly workOnFile: (order: FileOrder, listener: FileWorkListener) => () => void;
  /** Saves a file that was made where the browser puts downloads. */
  readonly saveFile: (made: Extract<FileWorkPart, { type: 'made' }>) => Promise<void>;
  /** Saves a text there as a file. */
  readonly saveText: (name: string, text: string) => void;
  readonly saveBlob: (name: string, file: Blob) => void;
  /** Begins a file that is made a piece at a time. */
  readonly makeFile: () => Promise<FileBeingMade>;
  readonly copyText: (text: string) => Promise<void>;
  /** Hands a file of the person's over to be looked at. */
  readonly handOver: (file: Blob) => Promise<void>;
  /** Asks the person to let the extension read the sites of a pattern; the same holds as for `requestAccess`. */
  readonly requestSites: (pattern: SitePattern) => Promise<boolean>;
  /** Shows the panel anew, as if it had been closed and opened. */
  readonly reopen: () => void;
  /** Ends every part of the extension, the panel too, and starts it again. */
  readonly reload: () => void;
  /** Asks the person for what one piece of work needs, until that is given back or the panel closes; `undefined` if they refuse. Call it straight from a click. */
  readonly borrowAccess: (wanted: Access) => Promise<Loan | undefined>;
  /** The tabs of the window, in order. Their addresses are known only where that is allowed. */
  readonly listTabs: () => Promise<WindowTab[]>;
  /** Hands a file over to be read and saved. Resolves when it is stored; rejects when it is not taken. */
  readonly addFile: (file: File) => Promise<IngestProgress>;
  readonly openAddress: (url: string) => void;
  readonly openSavedCopy: (place: SavedPlace) => void;
  /**
   * Opens the live page at a quotation, or the saved copy if the page is known, or found, to have it no longer.
   * @returns `unread` when the live page is open, and could not be looked at
   */
  readonly openQuotation: (quotation: OpenedQuotation) => Promise<QuotationSeen>;
}

export interface OpenedQuotation {
  readonly place: Required<Pick<SavedPlace, 'version' | 'start' | 'end'>> & { readonly pageId: PageId };
  readonly url: string;
  readonly liveUrl: string;
  /** What the page must hold; absent where it cannot be looked for, as in a PDF. */
  readonly quote?: string | undefined;
}

/** How long to wait before connecting again after the worker has gone; doubled each time until a connection lasts. */
const firstReconnectMs = 250;
const longestReconnectMs = 8_000;
const addressKeptMs = 10 * 60_000;

/** @param panelId no other open panel has it */
export function createClient(browser: PanelBrowser, panelId: string = crypto.randomUUID()): Client {
  const worker = async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (!active) throw new ProblemError({ code: 'internal', detail: 'The worker is not there.' });
    return active;
  };
  const sendFile = createSend<FileRequests>(portTransport(worker));
  const lane = directLane(keptPort(worker), (envelope) => browser.runtime.sendMessage(envelope));
  const send = createSend<WorkerRequests>((envelope) =>
    // Asked at each letter that is typed.
    envelope.request === 'library/find' ? lane.carry(envelope) : browser.runtime.sendMessage(envelope),
  );
  let loans = 0;
  const requestForGood = async (origins: string[]) => {
    const isAllowed = await browser.permissions.request({ origins });
    // It may have been lent for other work just now; whoever asked goes on even if the worker cannot say that it was told.
    if (isAllowed) await send('access/keep', { origins }).catch(() => {});
    return isAllowed;
  };
  return {
    send,

    compare(asked, { onPart, onLost }) {
      const port = browser.runtime.connect({ name: comparisonPort });
      let over = false;
      port.onMessage.addListener((message) => {
        if (over) return;
        const part = message as ComparisonPart;
        over = part.type === 'comparison-end' || part.type === 'comparison-failed';
        onPart(part);
      });
      port.onDisconnect.addListener(() => {
        if (!over) onLost();
        over = true;
      });
      const post = (message: ComparerMessage) => {
        if (!over) port.postMessage(message);
      };
      post({ type: 'prepare', ...asked });
      return {
        ask: () => post({ type: 'ask' }),
        stop: () => post({ type: 'stop' }),
        abandon() {
          over = true;
          port.disconnect();
        },
      };
    },

    ask(asked, { onPart, onLost }) {
      const port = browser.runtime.connect({ name: answerPort });
      let over = false;
      port.onMessage.addListener((message) => {
        if (over) return;
        const part = message as AnswerPart;
        over = part.type === 'answer-end' || part.type === 'answer-stopped' || part.type === 'answer-failed';
        onPart(part);
      });
      port.onDisconnect.addListener(() => {
        if (!over) onLost();
        over = true;
      });
      const post = (message: AskerMessage) => {
        if (!over) port.postMessage(message);
      };
      post({ type: 'ask', ...asked });
      return {
        stop: () => post({ type: 'stop' }),
        abandon() {
          over = true;
          port.disconnect();
        },
      };
    },

    onLibraryEvent({ onEvent, onReconnect }) {
      let waitMs = firstReconnectMs;
      const connect = () => {
        const connectedAt = Date.now();
        const port = browser.runtime.connect({ name: libraryPort });
        lane.open();
        port.onMessage.addListener((message) => onEvent(message as LibraryEvent));
        port.onDisconnect.addListener(() => {
          lane.close();
          if (Date.now() - connectedAt > longestReconnectMs) waitMs = firstReconnectMs;
          setTimeout(() => {
            connect();
            onReconnect();
          }, waitMs);
          waitMs = Math.min(waitMs * 2, longestReconnectMs);
        });
      };
      connect();
    },

    onCurrentTab(listener) {
      let currentId: number | undefined;
      const look = async () => {
        const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
        currentId = tab?.id;
        listener(currentId, true);
      };
      browser.tabs.onActivated.addListener(() => void look());
      browser.tabs.onUpdated.addListener((tabId, change) => {
        if (tabId === currentId && change.status) listener(currentId, change.status === 'loading');
      });
      void look();
    },

    requestAccess(baseUrl) {
      return requestForGood([originPattern(baseUrl) ?? '']);
    },

    requestDownloads: () => browser.permissions.request({ permissions: ['downloads'] }),

    requestNotifications: () => browser.permissions.request({ permissions: ['notifications'] }),
    hasNotifications: () => browser.permissions.contains({ permissions: ['notifications'] }),

    workOnFile(order, { onPart, onLost }) {
      const port = browser.runtime.connect({ name: filePort });
      let over = false;
      port.onMessage.addListener((message) => {
        const part = message as FileWorkPart;
        over ||= part.type !== 'progress';
        onPart(part);
      });
      port.onDisconnect.addListener(() => {
        if (!over) onLost();
        over = true;
      });
      const post = (message: FileOrder) => {
        if (!over) port.postMessage(message);
      };
      post(order);
      return () => post({ type: 'stop' });
    },

    async saveFile({ file, name }) {
      const made = await openExchangedFile(file);
      if (!made) throw new ProblemError({ code: 'interrupted' });
      download(made, name);
    },

    saveText: (name, text) => download(new Blob([text], { type: 'text/plain;charset=utf-8' }), name),

    saveBlob: (name, file) => download(file, name),

    makeFile: () => makeFile(download),

    copyText: (text) => navigator.clipboard.writeText(text),

    async handOver(file) {
      await file.stream().pipeTo(await createExchangedFile('incoming'));
    },
    requestSites: (pattern) => requestForGood(originsOf(pattern)),

    reopen: () => location.reload(),

    reload: () => browser.runtime.reload(),

    async borrowAccess(wanted) {
      const holder = `${panelLock(panelId)}:${++loans}`;
      const giveBack = async () => void (await send('access/return', { holder }));
      if (wanted.origins.length + wanted.permissions.length === 0) return { holder, giveBack };
      const looking = missingAccess(wanted, browser.permissions);
      // Without waiting, for the browser heeds only a request made in the click itself.
      const asking = browser.permissions.request({ origins: [...wanted.origins], permissions: [...wanted.permissions] });
      const noting = looking.then((missing) => send('access/borrow', { holder, wanted, missing }));
      const [asked, noted] = await Promise.allSettled([asking, noting]);
      const isAllowed = asked.status === 'fulfilled' && asked.value;
      if (!isAllowed || noted.status === 'rejected') await giveBack();
      if (asked.status === 'rejected') throw asked.reason;
      if (noted.status === 'rejected') throw noted.reason;
      return isAllowed ? { holder, giveBack } : undefined;
    },

    async listTabs() {
      const tabs = await browser.tabs.query({ currentWindow: true });
      return tabs.flatMap(({ id, url, title, discarded }) =>
        id === undefined ? [] : [{ id, ...(url ? { url } : {}), ...(title ? { title } : {}), isAsleep: discarded === true }],
      );
    },
    addFile: (file) => sendFile('file/add', { file, fileName: file.name, contentType: file.type }),

    openAddress: (url) => void browser.tabs.create({ url }),

    async openQuotation({ place, url, liveUrl, quote }) {
      const openSaved = (instead: InsteadOfLive, tabId?: number) => {
        const address = browser.runtime.getURL(readerPath({ ...place, instead }));
        return tabId === undefined ? browser.tabs.create({ url: address }) : browser.tabs.update(tabId, { url: address });
      };
      const { pageId, version } = place;
      // The page opens all the same if the worker cannot say.
      const standing = quote
        ? await send('quotation/standing', { pageId, version, quote, url }).catch(() => 'may-be-there' as const)
        : 'may-be-there';
      if (standing !== 'may-be-there') {
        await openSaved(standing);
        return 'gone';
      }
      const { id } = await browser.tabs.create({ url: liveUrl });
      if (!quote || id === undefined) return 'unread';
      const seen = await send('quotation/look', { tabId: id, quote }).catch(() => 'unread' as const);
      if (seen === 'gone') await openSaved('live-lacks', id);
      return seen;
    },

    openSavedCopy: (place) => void browser.tabs.create({ url: browser.runtime.getURL(readerPath(place)) }),
  };
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has begun to read it by then, or asks where to put it.
  setTimeout(() => URL.revokeObjectURL(link.href), addressKeptMs);
}
