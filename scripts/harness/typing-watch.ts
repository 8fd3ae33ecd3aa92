// Runs in the side panel, before anything of its own.

/** What one letter took, in milliseconds from its input event on. */
export interface LetterTimes {
  /** Until the answer was in the panel. */
  readonly replyMs: number;
  /** Until the last change that it made to the document was done. */
  readonly shownMs: number;
  /** What style and layout of the changed document took after that. */
  readonly layoutMs: number;
}

let typedAt = 0;
let repliedAt = 0;
let changedAt = 0;
let laidOutAt = 0;
let replied: (times: Promise<LetterTimes>) => void = () => {};
let times: Promise<LetterTimes> | undefined;

const nextFrame = () => new Promise(requestAnimationFrame);

/** To be called when an answer arrives. */
export function noteReply(): void {
  repliedAt = performance.now();
  replied(watchTheRest());
}

/** To be called before a letter is typed. */
export function expectLetter(): void {
  times = new Promise((resolve) => {
    replied = resolve;
  });
}

/** Resolves when all that the letter led to is on the screen. */
export async function letterTimes(): Promise<LetterTimes | undefined> {
  return times;
}

async function watchTheRest(): Promise<LetterTimes> {
  await nextFrame();
  await nextFrame();
  const hasChanged = changedAt > repliedAt;
  return {
    replyMs: repliedAt - typedAt,
    shownMs: (hasChanged ? changedAt : repliedAt) - typedAt,
    layoutMs: hasChanged ? laidOutAt - changedAt : 0,
  };
}

/** Notes from now on when letters are typed, when the worker answers to them, and when the document changes. */
export function watch(): void {
  addEventListener(
    'input',
    () => {
      typedAt = performance.now();
    },
    { capture: true },
  );
  const watcher = new MutationObserver(() => {
    changedAt = performance.now();
    // Asking for a place makes the browser lay out what has changed.
    document.body.getBoundingClientRect();
    laidOutAt = performance.now();
  });
  watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  watchChannels();
}

interface Asked {
  readonly number?: number;
  readonly envelope?: { readonly request: string; readonly data?: { readonly first?: number } };
}

/** The panel posts what it looks for to the worker over a port that the worker has the other end of, and is answered over a channel. */
function watchChannels(): void {
  let asked: number | undefined;
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      // Before the panel listens, which draws at once.
      this.addEventListener('message', ({ data }: MessageEvent<{ readonly number?: number }>) => {
        if (asked === undefined || data.number !== asked) return;
        asked = undefined;
        noteReply();
      });
    }
  };
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: Asked, options?: StructuredSerializeOptions) {
    // What is out of sight is asked for later, by itself.
    if (message.envelope?.request === 'library/find' && message.envelope.data?.first !== undefined) asked = message.number;
    post.call(this, message, options);
  } as typeof post;
}
