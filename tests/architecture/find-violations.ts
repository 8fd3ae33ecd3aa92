import { type Import, readImports, withoutComments, withoutExtension } from './read-imports';

/** Which rooms of `src/` each room may import, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  storage: ['core'],
  models: ['core'],
  fetching: ['core'],
  background: ['core', 'protocol', 'storage', 'models', 'fetching'],
  content: ['core', 'protocol'],
  offscreen: ['core', 'content', 'protocol', 'fetching'],
  view: ['core'],
  sidepanel: ['core', 'protocol', 'view'],
  reader: ['core', 'protocol', 'view'],
};

interface Restriction {
  readonly what: string;
  readonly rooms: readonly string[];
  /** Single files of other rooms. */
  readonly files?: readonly string[];
  readonly package?: RegExp;
  readonly code?: RegExp;
}

const restrictions: readonly Restriction[] = [
  { what: 'IndexedDB', rooms: ['storage'], package: /^idb$/, code: /\bindexedDB\b/ },
  { what: 'stored settings', rooms: ['storage'], code: /\bstorage\s*\.\s*(local|session|sync|managed)\b/ },
  { what: 'the extension’s own files', rooms: ['protocol'], code: /\bgetDirectory\(/ },
  { what: 'a view’s own memory', rooms: ['sidepanel', 'reader'], code: /\b(local|session)Storage\b/ },
  { what: 'model servers', rooms: ['models'], package: /^openai\b/ },
  {
    what: 'the network',
    rooms: ['models', 'fetching'],
    files: ['src/content/video/fetch-captions.ts'],
    code: /\bfetch\(|\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/,
  },
  { what: 'the browser', rooms: rooms().filter((room) => room !== 'core' && room !== 'protocol'), package: /^webextension-polyfill$/ },
  { what: 'views', rooms: ['view', 'sidepanel', 'reader'], package: /^(preact|@preact|lucide)\b/ },
];

/** The words of the browser are chosen by the messages of the default language, which this file holds. */
const dataOutsideSource = ['public/_locales/en/messages.json'];

/**
 * Holds the sources against the picture of the house: who may import whom, who alone may use what, and no cycles.
 * @param sources the text of each file of `src/`, by its path
 * @returns a sentence for each violation; none when all is well
 */
export function findViolations(sources: ReadonlyMap<string, string>): string[] {
  const violations: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, source] of sources) {
    const imports = readImports(path, source).filter((one) => !isScriptAddress(path, one));
    graph.set(
      withoutExtension(path),
      imports.flatMap((one) => one.path ?? []),
    );
    violations.push(...forbiddenImports(path, imports), ...forbiddenUses(path, source, imports));
  }
  return [...violations, ...findCycles(graph)];
}

function rooms(): string[] {
  return Object.keys(mayImport);
}

function roomOf(path: string): string {
  return path.match(/^src\/([^/]+)\//)?.[1] ?? '';
}

/** The worker injects the content script, so it needs the address of the built file: that imports none of its code. */
function isScriptAddress(path: string, { specifier }: Import): boolean {
  return roomOf(path) === 'background' && specifier.startsWith('../content/') && specifier.endsWith('?script&iife');
}

function forbiddenImports(path: string, imports: readonly Import[]): string[] {
  const room = roomOf(path);
  const allowed = mayImport[room];
  if (!allowed) return [`${path} is in no room of the house (${rooms().join(', ')}).`];
  return imports
    .filter((one) => one.path !== undefined && !dataOutsideSource.includes(one.path))
    .filter((one) => ![room, ...allowed].includes(roomOf(one.path ?? '')))
    .map(({ specifier }) => `${path} imports ${specifier}, but ${room}/ may import ${allowed.join(', ') || 'nothing'} besides itself.`);
}

function forbiddenUses(path: string, source: string, imports: readonly Import[]): string[] {
  const code = withoutComments(source);
  return restrictions
    .filter((restriction) => !restriction.rooms.includes(roomOf(path)) && !restriction.files?.includes(path))
    .flatMap(({ what, rooms: allowed, ...signs }) => {
      const used = imports.find(({ specifier }) => signs.package?.test(specifier))?.specifier ?? code.match(signs.code ?? /$^/)?.[0];
      return used ? [`${path} uses ${used}, but ${what} is for ${allowed.join(', ')} only.`] : [];
    });
}

/** Walks the graph depth first; a file met again on the way down closes a cycle. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string) => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(`An import cycle: ${[...trail.slice(start), path].join(' → ')}.`);
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const next of graph.get(path) ?? []) visit(next);
    trail.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return cycles;
}
