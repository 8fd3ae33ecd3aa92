import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import o200kBase from 'js-tiktoken/ranks/o200k_base';
import { defineConfig, minify, type Plugin, parseAst, type Rolldown } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { bareWords } from './scripts/vite/bare-words';
import { classicWorker } from './scripts/vite/classic-worker';
import { lazyFflate } from './scripts/vite/lazy-fflate';
import { lazyStemmers } from './scripts/vite/lazy-stemmers';
import { readOnlyPdf } from './scripts/vite/read-only-pdf';
import { sharedParts } from './scripts/vite/shared-parts';
import { usedOpenAi } from './scripts/vite/used-openai';

const parts = sharedParts();

export default defineConfig(({ mode }) => ({
  plugins: [
    crx({ manifest: manifest as ManifestV3Export }),
    packTokenizerRanks(),
    packCharacterMaps(),
    shortenCaptureScripts(),
    hideInjectedScripts(),
    readOnlyPdf('pdf.mjs'),
    usedOpenAi(),
    lazyStemmers(),
    lazyFflate(),
    bareWords('_locales/en/messages.json'),
    parts.plugin,
    classicWorker(),
  ],
  worker: {
    format: 'es',
    plugins: () => [readOnlyPdf('pdf.worker.mjs')],
    rolldownOptions: { output: { entryFileNames: 'assets/[name].js' } },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: `chrome${manifest.minimum_chrome_version}`,
    minify: mode !== 'development',
    sourcemap: mode === 'development',
    // What a page imports is named in it, so that all of it is read at once and not after the first of it.
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      // The other pages are named by the manifest.
      input: { reader: 'src/reader/index.html', offscreen: 'src/offscreen/index.html' },
      // Nothing caches an extension's files, so their names need no hash and stay the same from build to build.
      output: {
        entryFileNames: nameForRoom,
        chunkFileNames: nameForRoom,
        assetFileNames: 'assets/[name][extname]',
        codeSplitting: {
          groups: [
            { name: 'stemmers', test: /@orama.stemmers/, priority: 1 },
            { name: parts.name, minShareCount: 2 },
          ],
        },
      },
    },
  },
}));

/** Entries are called after their room (`assets/background.js`), chunks shared between rooms as Rolldown sees fit. */
function nameForRoom({ facadeModuleId, isEntry }: Rolldown.PreRenderedChunk): string {
  return `assets/${isEntry && facadeModuleId ? basename(dirname(facadeModuleId)) : '[name]'}.js`;
}

/**
 * Packs the ranks of the o200k_base encoding as a data file. Imported as a module they would add 2.3 MB to the worker, parsed at
 * each of its many starts; as a file they are read only when an exact token count is wanted.
 */
function packTokenizerRanks(): Plugin {
  return {
    name: 'commonplace:pack-tokenizer-ranks',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'tokenizer/o200k_base.json', source: JSON.stringify(o200kBase) });
    },
  };
}

/** The character codes of East Asian fonts that a PDF names and does not bring along, and what those are in Unicode. */
const characterMaps =
  /^(Adobe-(CNS1|GB1|Japan1|Korea1)-UCS2|Uni(CNS|GB|JIS|KS)-(UCS2|UTF16)-[HV]|UniJIS-UCS2-HW-[HV]|(90ms|90pv)-RKSJ-[HV]|EUC-[HV]|[HV]|(GB|GBK|GBKp|GBpc)-EUC-[HV]|GBK2K-[HV]|(B5pc|ETen-B5)-[HV]|(KSC-EUC|KSCms-UHC)-[HV])\.bcmap$/;

function packCharacterMaps(): Plugin {
  const folder = 'node_modules/pdfjs-dist/cmaps';
  return {
    name: 'commonplace:pack-character-maps',
    generateBundle() {
      for (const name of readdirSync(folder).filter((file) => characterMaps.test(file))) {
        this.emitFile({ type: 'asset', fileName: `pdf/cmaps/${name}`, source: readFileSync(join(folder, name)) });
      }
    },
  };
}

/**
 * Half of the content scripts that read whole pages is Readability, and a sixth of that are the long names of its own methods, which a minifier may not touch
 * unasked. crxjs builds the scripts apart, without plugins, so this is done to the built files.
 */
function shortenCaptureScripts(): Plugin {
  return {
    name: 'commonplace:shorten-capture-scripts',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler({ minify: isMinified }, bundle) {
        for (const name of isMinified ? ['capture', 'capture-video'] : []) {
          const script = bundle[`src/content/${name}.js`];
          if (script?.type === 'asset') script.source = await shortened(script.fileName, script.source.toString());
        }
      },
    },
  };
}

async function shortened(fileName: string, source: string): Promise<string> {
  const { code, errors } = await minify(fileName, withoutUnusedMethods(source), {
    mangleProps: {
      include:
        /^(_[a-z]|[A-Z]+S$|[A-Z]+_[A-Z_]+$|jsonLdArticleTypes$|contentScore$|readability$|write[A-Z]|holdsBlocks$|keepsSpaces$|linkDensity$|styleOf$|share(Kept|Copied)$|is(In|Str|Emph|Tight|Prose|Head|Disp|Hidden))|haracters$/,
      exclude: /_NODE$/,
    },
  });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return code;
}

/** Methods of Readability's that only its `parse` calls, which `readability-vote.ts` does without. */
const unusedMethods = [
  'parse',
  '_unwrapNoscriptImages',
  '_removeScripts',
  '_postProcessContent',
  '_fixRelativeUris',
  '_simplifyNestedElements',
  '_cleanClasses',
  '_getArticleTitle',
  '_getJSONLD',
  '_getArticleMetadata',
  '_unescapeHtmlEntities',
  '_isSingleImage',
  '_isUrl',
];

/**
 * A minifier has to keep every method of an object. These are cut out by their place in the syntax tree; a method that is not there, or is called
 * from elsewhere, ends the build, so that another version of the library cannot slip through.
 */
function withoutUnusedMethods(code: string): string {
  const places: [start: number, end: number][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, key, start, end } = node as { type?: string; key?: { name?: string }; start?: number; end?: number };
    if (type === 'Property' && key?.name && unusedMethods.includes(key.name) && start !== undefined && end !== undefined) {
      const isMethod = (node as { value?: { type?: string } }).value?.type === 'FunctionExpression';
      if (isMethod) places.push([start, end + (code[end] === ',' ? 1 : 0)]);
      return;
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseAst(code));
  if (places.length !== unusedMethods.length) throw new Error('Readability has changed: look through unusedMethods in vite.config.ts.');
  const rest = places.sort(([one], [other]) => other - one).reduce((left, [start, end]) => left.slice(0, start) + left.slice(end), code);
  const called = unusedMethods.find((name) => new RegExp(`this\\.${name}\\b`).test(rest));
  if (called) throw new Error(`Readability has changed: ${called} is called from elsewhere.`);
  return rest;
}

interface BuiltManifest {
  readonly web_accessible_resources?: readonly { readonly resources: readonly string[] }[];
}

/**
 * Takes back two things crxjs does for a script imported with `?script`. It lists the script under `web_accessible_resources`, where
 * any site could look for it and so tell who has the extension; `scripting.executeScript` does without. And it leaves a second copy
 * of the script in `assets/`, which nothing loads.
 */
function hideInjectedScripts(): Plugin {
  return {
    name: 'commonplace:hide-injected-scripts',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const file = bundle['manifest.json'];
        if (file?.type !== 'asset') throw new Error('There is no manifest.json among the built files.');
        const { web_accessible_resources: exposed = [], ...rest } = JSON.parse(file.source.toString()) as BuiltManifest;
        file.source = `${JSON.stringify(rest, null, 2)}\n`;
        const injected = exposed.flatMap(({ resources }) => resources);
        for (const output of Object.values(bundle)) {
          if (output.type === 'chunk' && injected.some((script) => isBuiltFrom(output, script))) dropChunk(bundle, output);
        }
      },
    },
  };
}

/** Drops a chunk that nothing loads, and what nothing but this chunk has loaded. */
function dropChunk(bundle: Rolldown.OutputBundle, { fileName, imports }: Rolldown.OutputChunk): void {
  delete bundle[fileName];
  const isLoaded = (name: string) =>
    Object.values(bundle).some((other) => other.type === 'chunk' && [...other.imports, ...other.dynamicImports].includes(name));
  for (const name of imports) {
    const shared = bundle[name];
    if (shared?.type === 'chunk' && !shared.isEntry && !isLoaded(name)) dropChunk(bundle, shared);
  }
}

function isBuiltFrom({ facadeModuleId }: Rolldown.OutputChunk, script: string): boolean {
  return facadeModuleId?.replace(/\.tsx?$/, '.js').endsWith(`/${script}`) ?? false;
}
