import type { Laboratory } from '../harness/open-laboratory';

type Functions = Record<string, (...parameters: never[]) => unknown>;
type Value<Function> = Function extends (...parameters: never[]) => infer Result ? Awaited<Result> : never;

export interface WorkerReply<Result> {
  readonly value: Result;
  /** From the page's message until its answer. */
  readonly ms: number;
}

const pollMs = 5;

/** The laboratory's worker, seen from its page: what the harness exports is called by a message, as the side panel calls the extension's. */
export class LaboratoryWorker<Harness extends Functions> {
  constructor(readonly laboratory: Laboratory) {}

  /** Calls an exported function of the harness in the worker, which the browser starts if it does not run. */
  async ask<Name extends keyof Harness & string>(
    name: Name,
    ...parameters: Parameters<Harness[Name]>
  ): Promise<WorkerReply<Value<Harness[Name]>>> {
    const { ms, reply } = await this.laboratory.page.evaluate(sendMessage, { name, parameters });
    if (!reply || reply.error !== undefined) throw new Error(reply?.error ?? `The worker ended over ${name}.`);
    return { value: reply.value as Value<Harness[Name]>, ms };
  }

  /** Ends the worker and waits until it is gone. */
  async kill(): Promise<void> {
    await this.laboratory.killWorker();
    while (await this.#isRunning()) await new Promise((resolve) => setTimeout(resolve, pollMs));
  }

  async #isRunning(): Promise<boolean> {
    const { session, extensionId } = this.laboratory;
    const { targetInfos } = await session.send('Target.getTargets');
    return targetInfos.some(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
  }

  /** Opens the page anew: nothing of what it did stays in its memory, and it holds no connection to the database. */
  async renewPage(script: string): Promise<void> {
    await this.laboratory.page.reload();
    await this.laboratory.page.evaluate(script);
  }

  /** Calls an exported function of the harness in the page. */
  async inPage<Name extends keyof Harness & string>(name: Name, ...parameters: Parameters<Harness[Name]>): Promise<Value<Harness[Name]>> {
    return (await this.laboratory.page.evaluate(callInPage, { name, parameters })) as Value<Harness[Name]>;
  }
}

interface Call {
  readonly name: string;
  readonly parameters: readonly unknown[];
}

async function sendMessage(call: Call) {
  type Reply = { readonly value?: unknown; readonly error?: string } | undefined;
  const { chrome } = globalThis as unknown as { chrome: { runtime: { sendMessage(message: unknown): Promise<Reply> } } };
  const startedAt = performance.now();
  const reply = await chrome.runtime.sendMessage(call);
  return { ms: performance.now() - startedAt, reply };
}

function callInPage({ name, parameters }: Call): unknown {
  const { harness } = globalThis as unknown as { harness: Record<string, (...parameters: readonly unknown[]) => unknown> };
  return harness[name]?.(...parameters);
}
