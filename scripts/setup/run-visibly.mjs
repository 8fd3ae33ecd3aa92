import { spawn } from 'node:child_process';

/**
 * Runs a program and shows what it says. Its words go to standard error, so that a command's own output stays clean.
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<boolean>} whether it ended well
 */
export function runVisibly(program, programArguments, options) {
  const shell = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, { shell, ...options, stdio: ['ignore', process.stderr, process.stderr] });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}
