import type { Envelope, Reply } from '../protocol/send';
import { hasSecretField } from './rendering/has-secret-field';
import { addressOf } from './rendering/live-dom';
import { watchPage } from './watch-page';

interface ExtensionRuntime {
  readonly runtime?: { readonly id?: string; sendMessage(envelope: Envelope): Promise<Reply | undefined> };
  readonly extension?: { readonly inIncognitoContext?: boolean };
}

/** What the worker looks for in the world that its scripts share in a page. */
interface WatchedWorld {
  commonplaceHasSecretField?: () => boolean;
}

// By hand, as in capture.ts: this runs in every page of the sites that were chosen.
const { browser, chrome } = globalThis as { browser?: ExtensionRuntime; chrome?: ExtensionRuntime };
const extension = browser ?? chrome;
const world = globalThis as WatchedWorld;

// In a page that was open already the script may be injected a second time.
if (!world.commonplaceHasSecretField && extension?.extension?.inIncognitoContext !== true) {
  world.commonplaceHasSecretField = () => hasSecretField(document);
  const look = watchPage({
    address: () => addressOf(document),
    isInView: () => document.visibilityState === 'visible',
    hasSecretField: () => hasSecretField(document),
    // The id goes when the extension is updated or removed while the page stays.
    send: (request, data) => (extension?.runtime?.id ? extension.runtime.sendMessage({ request, data }) : undefined),
    now: () => performance.now(),
    after(delayMs, act) {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const lookAgain = () => look();
  document.addEventListener('visibilitychange', lookAgain);
  // Back from the browser's memory of pages: the badge has gone in the meantime.
  addEventListener('pageshow', ({ persisted }) => look(persisted));
  const { navigation } = globalThis as { navigation?: EventTarget };
  if (navigation) navigation.addEventListener('currententrychange', lookAgain);
  else for (const type of ['popstate', 'hashchange']) addEventListener(type, lookAgain);
}
