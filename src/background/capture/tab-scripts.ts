import type { Scripting } from 'webextension-polyfill';
import type { CaptureScript } from '../../core/capture/capture-script';
import { isCaptioned } from './is-captioned';

/** What the worker runs in a tab's top frame. */
export interface TabScripts {
  /** Sets a script going that reads the page and sends what it finds. Rejects with the browser's words where none may run. */
  capture(tabId: number, script: CaptureScript): Promise<void>;
  /** Whether the page offers what is said in a video of it. False also where no script may run: why is told when it is read. */
  offersTranscript(tabId: number): Promise<boolean>;
  /** Whether the page has a field for a password or a card at this moment; true also when it cannot be told. */
  hasSecretField(tabId: number): Promise<boolean>;
}

/** @param files the built files of each script, which run one after another with nothing in between */
export function tabScripts(
  scripting: Pick<Scripting.Static, 'executeScript'>,
  files: Readonly<Record<CaptureScript, readonly string[]>>,
): TabScripts {
  const runFunction = async (tabId: number, func: () => boolean) => {
    const [frame] = await scripting.executeScript({ target: { tabId }, func }).catch(() => []);
    return frame?.result;
  };
  return {
    async capture(tabId, script) {
      await scripting.executeScript({ target: { tabId }, files: [...files[script]] });
    },
    offersTranscript: async (tabId) => (await runFunction(tabId, isCaptioned)) === true,
    hasSecretField: async (tabId) => (await runFunction(tabId, readSecretField)) !== false,
  };
}

/** Runs in a tab: asks what the watching script left in the world that the extension's scripts share in a page. */
function readSecretField(): boolean {
  return (globalThis as { commonplaceHasSecretField?: () => boolean }).commonplaceHasSecretField?.() ?? true;
}
