import { basename } from 'node:path';
import { type Plugin, parseAst, type Rolldown } from 'vite';
import { exportsThatChange } from './exports-that-change';

/** Where the parts that the worker shares with pages find each other. Nothing else in the extension has a global of this name. */
const registry = 'commonplaceParts';
const loader = 'service-worker-loader.js';

/**
 * Makes a classic script of the worker, which is written and bundled in modules. A browser keeps what it has compiled of a classic worker, all of it, when the extension is
 * installed, and of a worker of modules nothing: that one is parsed anew at each of its many starts.
 *
 * What it shares with pages becomes a script that both can load, `importScripts` here and `import` there, and that leaves what it gives in a global table.
 */
export function classicWorker(): Plugin {
  return {
    name: 'commonplace:classic-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = new Map<string, Rolldown.OutputChunk>();
        for (const output of Object.values(bundle)) if (output.type === 'chunk') chunks.set(output.fileName, output);
        const start = bundle[loader];
        const worker = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.endsWith('src/background/main.ts'));
        if (!start || !worker) throw new Error('crxjs has changed: the worker is not built as classicWorker expects.');

        const parts = inOrder(worker, chunks);
        mustFollowTheirImports(parts);
        const others = [...chunks.values()].filter((chunk) => !parts.includes(chunk) && chunk.fileName !== loader);
        const isLoadedByPages = ({ fileName }: Rolldown.OutputChunk) => others.some(({ imports }) => imports.includes(fileName));
        const shared = parts.filter(
          (part) => isLoadedByPages(part) || parts.some((other) => isLoadedByPages(other) && other.imports.includes(part.fileName)),
        );
        const within = others
          .flatMap(({ dynamicImports }) => dynamicImports)
          .find((name) => parts.some(({ fileName }) => fileName === name));
        if (within) throw new Error(`${within} is a part of the worker, so a page cannot load it by import().`);

        for (const id of shared.flatMap(({ moduleIds }) => moduleIds)) {
          const [changing] = exportsThatChange(this.getModuleInfo(id)?.code ?? '');
          if (changing) throw new Error(`${id} exports ${changing} and changes it, which pages would not see.`);
        }

        const scripts = new Map(parts.map((part) => [part.fileName, asScript(part.fileName, part.code)]));
        for (const other of others)
          other.code = withParts(other.code, new Map(parts.map((part) => [part.fileName, importsOf(part, parts)])));
        for (const part of shared) part.code = scripts.get(part.fileName) ?? '';
        const ownCode = parts.filter((part) => !shared.includes(part)).map(({ fileName }) => scripts.get(fileName));
        const source = [`importScripts(${shared.map(({ fileName }) => JSON.stringify(fileName)).join()});`, ...ownCode].join('\n');
        for (const part of parts) if (!shared.includes(part)) delete bundle[part.fileName];
        delete bundle[loader];
        this.emitFile({ type: 'asset', fileName: 'worker.js', source });
        makeClassic(bundle['manifest.json']);
      },
    },
  };
}

/** A chunk after all that it imports. */
function inOrder(chunk: Rolldown.OutputChunk, chunks: ReadonlyMap<string, Rolldown.OutputChunk>): Rolldown.OutputChunk[] {
  const found = new Set<Rolldown.OutputChunk>();
  const visit = (one: Rolldown.OutputChunk) => {
    if (found.has(one)) return;
    for (const name of one.imports) {
      const imported = chunks.get(name);
      if (imported) visit(imported);
    }
    found.add(one);
  };
  visit(chunk);
  return [...found];
}

/** @throws where chunks import each other in a circle: modules could, but of scripts one would take what is not there yet */
export function mustFollowTheirImports(parts: readonly Pick<Rolldown.OutputChunk, 'fileName' | 'imports'>[]): void {
  for (const [at, { fileName, imports }] of parts.entries()) {
    const later = parts.slice(at).find((part) => imports.includes(part.fileName));
    if (later) throw new Error(`${fileName} imports ${later.fileName}, and is imported by it.`);
  }
}

/** The names of all that a part needs, itself last. */
function importsOf(part: Rolldown.OutputChunk, parts: readonly Rolldown.OutputChunk[]): string[] {
  return inOrder(part, new Map(parts.map((one) => [one.fileName, one]))).map(({ fileName }) => fileName);
}

function makeClassic(manifest: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): void {
  if (manifest?.type !== 'asset') throw new Error('There is no manifest.json among the built files.');
  const { background: _, ...rest } = JSON.parse(manifest.source.toString()) as { readonly background?: unknown };
  manifest.source = `${JSON.stringify({ ...rest, background: { service_worker: 'worker.js' } }, null, 2)}\n`;
}

/** The little of a syntax tree's node that is looked at (ESTree). */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly source?: { readonly value: string } | null;
  readonly declaration?: unknown;
  readonly specifiers?: readonly Specifier[];
}

interface Specifier {
  readonly type: string;
  readonly local: { readonly name: string };
  readonly imported?: { readonly name?: string; readonly value?: string };
  readonly exported?: { readonly name?: string; readonly value?: string };
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** A bundled module as a script: what it imports is taken from the table, and what it exports is put there. @throws where it imports or exports in a way that bundles have not had */
export function asScript(fileName: string, code: string): string {
  const exported: string[] = [];
  const cuts = topOf(code).flatMap((node): Cut[] => {
    const { type, start, end, source, specifiers = [] } = node;
    if (type === 'ImportDeclaration') return [{ start, end, by: source ? fromTable(source.value, specifiers) : '' }];
    if (type === 'ExportNamedDeclaration' && !source && !node.declaration) {
      exported.push(...specifiers.map(({ local, exported: name }) => `${nameOf(name)}:${local.name}`));
      return [{ start, end, by: '' }];
    }
    if (type.startsWith('Export')) throw new Error(`${fileName} exports in a way that asScript does not know.`);
    return [];
  });
  const given = exported.length > 0 ? `\n${registry}.${tableKey(fileName)}={${exported.join()}};` : '';
  return `globalThis.${registry}??={};(()=>{"use strict";${replaced(code, cuts)}${given}\n})();\n`;
}

/**
 * A bundled module that imports such scripts.
 * @param needed by the file name of each script all that has to be loaded for it, in order
 */
export function withParts(code: string, needed: ReadonlyMap<string, readonly string[]>): string {
  const bySource = (source: string) => [...needed].find(([name]) => basename(name) === basename(source))?.[1];
  const cuts = topOf(code).flatMap(({ type, start, end, source, specifiers = [] }): Cut[] => {
    const scripts = source ? bySource(source.value) : undefined;
    if (!source || !scripts) return [];
    if (type !== 'ImportDeclaration') throw new Error(`What is exported again from ${source.value} would be lost.`);
    const loaded = scripts.map((name) => `import"${source.value.replace(basename(source.value), basename(name))}";`).join('');
    return [{ start, end, by: loaded + fromTable(source.value, specifiers) }];
  });
  return replaced(code, cuts);
}

function topOf(code: string): readonly Node[] {
  return (parseAst(code) as unknown as { readonly body: readonly Node[] }).body;
}

/** Takes what was imported out of the table: a copy, see `exportsThatChange`. */
function fromTable(source: string, specifiers: readonly Specifier[]): string {
  if (specifiers.length === 0) return '';
  const names = specifiers.map(({ type, local, imported }) => {
    if (type !== 'ImportSpecifier') throw new Error(`${source} is imported whole, which asScript does not know.`);
    return `${nameOf(imported)}:${local.name}`;
  });
  return `const{${names.join()}}=${registry}.${tableKey(source)};`;
}

function nameOf(name: Specifier['imported']): string {
  return name?.name ?? JSON.stringify(name?.value);
}

function tableKey(path: string): string {
  return basename(path, '.js').replace(/\W/g, '_');
}

function replaced(code: string, cuts: readonly Cut[]): string {
  return [...cuts]
    .sort((one, other) => other.start - one.start)
    .reduce((left, { start, end, by }) => left.slice(0, start) + by + left.slice(end), code);
}
