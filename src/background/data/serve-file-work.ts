import * as v from 'valibot';
import { problemOf } from '../../core/problem';
import { type FileOrder, type FileWorkPart, fileOrderSchema } from '../../protocol/file-work';
import type { AnswerPort } from '../answer/serve-answers';

/** What the worker can be told to do with files; `stop` apart. */
export type FileWork = Exclude<FileOrder, { type: 'stop' }>;

/** Does one piece of work over a Port. Whoever ordered it stops it by saying so or by going away. */
export function serveFileWork(
  port: AnswerPort,
  work: (order: FileWork, report: (share: number) => void, signal: AbortSignal) => Promise<FileWorkPart>,
): Promise<void> {
  const stopping = new AbortController();
  let connected = true;
  const tell = (part: FileWorkPart) => {
    if (connected) port.postMessage(part);
  };
  let lastPercent = -1;
  const report = (share: number) => {
    const percent = Math.floor(share * 100);
    if (percent !== lastPercent) tell({ type: 'progress', percent });
    lastPercent = percent;
  };
  return new Promise((resolve) => {
    let begun = false;
    port.onDisconnect.addListener(() => {
      connected = false;
      stopping.abort();
      if (!begun) resolve();
    });
    port.onMessage.addListener((received) => {
      const order = v.safeParse(fileOrderSchema, received);
      if (!order.success) return;
      if (order.output.type === 'stop') return stopping.abort();
      if (begun) return;
      begun = true;
      void (async () => {
        try {
          tell(await work(order.output as FileWork, report, stopping.signal));
        } catch (error) {
          tell(stopping.signal.aborted ? { type: 'stopped' } : { type: 'failed', problem: problemOf(error) });
        }
        if (connected) port.disconnect();
        resolve();
      })();
    });
  });
}
