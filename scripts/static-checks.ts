import type { Stage } from './run-stage';

const tsc = 'node_modules/typescript/bin/tsc';

/** Each context has its own types: core knows neither a browser nor Node, the worker knows no document. */
export const staticChecks: readonly Stage[] = [
  { name: 'types of core', program: [tsc, '-p', 'src/core'] },
  { name: 'types of the worker', program: [tsc, '-p', 'src/background'] },
  { name: 'types of the views and the content script', program: [tsc, '-p', 'src/sidepanel'] },
  { name: 'types of scripts and tests', program: [tsc, '-p', '.'] },
  { name: 'lint and format', program: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
];
