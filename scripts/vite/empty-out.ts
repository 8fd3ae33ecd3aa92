import { parseAst } from 'vite';

/** The little of a syntax tree's node that is looked at (ESTree). */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly static?: boolean;
  readonly kind?: string;
  readonly id?: { readonly name: string } | null;
  readonly key?: { readonly type: string; readonly name?: string };
  readonly body?: Node | readonly Node[];
  readonly value?: Node;
  readonly expression?: Node;
  readonly declaration?: Node | null;
  readonly left?: { readonly object?: { readonly name?: string }; readonly property?: { readonly name?: string } };
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/**
 * Empties parts of a module that a minifier has to keep, as it cannot know that they are never reached; what only they used then goes as unused.
 * @param names `Class` or `function` at the top of the module; `Class.method`, `Class.#method`, a getter likewise; `globalThis.name`, which is what the module
 *   assigns to it. An emptied class has no parent and of its methods only the static ones, which do nothing; nor does an emptied function.
 * @throws where a name is not there exactly once, so that another version of the library does not slip through
 */
export function emptyOut(code: string, names: readonly string[]): string {
  const places = new Map<string, Cut[]>();
  const note = (name: string, cut: Cut) => places.set(name, [...(places.get(name) ?? []), cut]);
  for (const node of (parseAst(code) as unknown as { body: readonly Node[] }).body) noteNode(node, note);
  const cuts = names.map((name) => {
    const [cut, another] = places.get(name) ?? [];
    if (!cut || another)
      throw new Error(`${name} is ${cut ? 'more than once' : 'not'} in the library: look through what is left out of it.`);
    return cut;
  });
  return cuts
    .sort((one, other) => other.start - one.start)
    .reduce((left, { start, end, by }) => left.slice(0, start) + by + left.slice(end), code);
}

function noteNode(node: Node, note: (name: string, cut: Cut) => void): void {
  if (node.type === 'ExportNamedDeclaration' && node.declaration) noteNode(node.declaration, note);
  const { type, start, end, id } = node;
  if (type === 'BlockStatement') for (const inner of listOf(node.body)) noteNode(inner, note);
  if (type === 'ExpressionStatement' && node.expression?.left?.object?.name === 'globalThis') {
    note(`globalThis.${node.expression.left.property?.name}`, { start, end, by: '' });
  }
  if (type === 'FunctionDeclaration' && id) note(id.name, { start, end, by: `function ${id.name}() {}` });
  if (type === 'ClassDeclaration' && id) {
    const members = listOf((node.body as Node).body);
    const statics = members.filter((member) => member.static && member.kind === 'method' && member.key?.type === 'Identifier');
    note(id.name, { start, end, by: `class ${id.name} { ${statics.map(({ key }) => `static ${key?.name}() {}`).join(' ')} }` });
    for (const { type: kind, key, value } of members) {
      const body = value?.body as Node | undefined;
      if (kind !== 'MethodDefinition' || !key?.name || !body) continue;
      note(`${id.name}.${key.type === 'PrivateIdentifier' ? '#' : ''}${key.name}`, { start: body.start, end: body.end, by: '{}' });
    }
  }
}

function listOf(body: Node['body']): readonly Node[] {
  return Array.isArray(body) ? body : [];
}
