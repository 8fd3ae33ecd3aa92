import { main } from 'assemblyscript/asc';

/** Where what is compiled is kept, so that a build needs no compiler. */
export const scansModuleFile = 'src/core/search/scans-module.ts';

/** Compiles `assembly/`. @returns what `scansModuleFile` should hold, the same at any time and place */
export async function compileScans(): Promise<string> {
  let module = new Uint8Array(0);
  const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--initialMemory', '16'];
  const { error, stderr } = await main(['assembly/index.ts', '--outFile', 'scans.wasm', ...options], {
    writeFile: (_name, contents) => {
      module = Uint8Array.from(contents as Uint8Array);
    },
  });
  if (error) throw new Error(`assembly/ could not be compiled:\n${stderr.toString()}`, { cause: error });
  return `/** \`assembly/\` as WebAssembly, in base64: made by \`npx tsx scripts/assemble.ts\`. */
export const scansModule =
  '${Buffer.from(module).toString('base64')}';
`;
}
