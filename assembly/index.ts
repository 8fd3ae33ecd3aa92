// What a search does a hundred thousand times over, compiled to WebAssembly: see docs/search.md. `npx tsx scripts/assemble.ts` after a change.
export { questionAt } from './memory';
export { scanSigns } from './scan-signs';
