import { spawn } from 'node:child_process';

export interface Stage {
  readonly name: string;
  /** A JavaScript program of a package, and its arguments. */
  readonly program: readonly [string, ...string[]];
  /** Shows its output as it comes; else only that of a failure is shown. */
  readonly loud?: boolean;
  readonly timeLimitMs?: number;
}

/** Runs one stage of checking, says how it went, and resolves with whether it passed. */
export async function runStage({ name, program, loud = false, timeLimitMs = 5 * 60_000 }: Stage): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
    env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (words: Buffer) => {
      output += words.toString();
    });
  }
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeLimitMs);
  const passed = await new Promise<boolean>((resolve) => child.once('close', (code) => resolve(code === 0)));
  clearTimeout(timer);

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${passed ? '✓' : '✗'} ${name} (${timedOut ? `stopped after ${seconds}` : seconds} s)`);
  if (!passed && output) console.log(output);
  return passed;
}
