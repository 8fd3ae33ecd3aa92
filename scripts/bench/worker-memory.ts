import type { CDPSession } from 'playwright-core';

/** A session with an extension's running worker, to see what it holds in memory. */
export interface WorkerMemory {
  /**
   * JavaScript heap, buffers and what the browser holds for the worker's objects, in bytes; without the memory of WebAssembly.
   * @param isLive what can't be reached is cleared away first
   */
  read(isLive: boolean): Promise<number>;
  close(): Promise<void>;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** @param session with the browser */
export async function openWorkerMemory(session: CDPSession, extensionId: string): Promise<WorkerMemory> {
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
  if (!worker) throw new Error('The worker does not run.');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId, flatten: false });
  const waiting = new Map<number, (result: unknown) => void>();
  const receive = (event: { sessionId: string; message: string }) => {
    if (event.sessionId !== sessionId) return;
    const { id, result } = JSON.parse(event.message) as { id?: number; result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.(result);
    waiting.delete(id);
  };
  session.on('Target.receivedMessageFromTarget', receive);
  let lastId = 0;
  const send = async (method: string): Promise<unknown> => {
    const id = ++lastId;
    const result = new Promise((resolve) => waiting.set(id, resolve));
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: {} }) });
    return result;
  };
  return {
    async read(isLive) {
      if (isLive) await send('HeapProfiler.collectGarbage');
      const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = (await send('Runtime.getHeapUsage')) as HeapUsage;
      return usedSize + embedderHeapUsedSize + backingStorageSize;
    },
    async close() {
      session.off('Target.receivedMessageFromTarget', receive);
      await session.send('Target.detachFromTarget', { sessionId });
    },
  };
}
