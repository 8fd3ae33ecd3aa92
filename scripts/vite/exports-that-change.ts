import { parseAst } from 'vite';

/** The little of a syntax tree's node that is looked at (ESTree). */
interface Node {
  readonly type: string;
  readonly kind?: string;
  readonly name?: string;
  readonly declaration?: Node | null;
  readonly declarations?: readonly { readonly id: Node }[];
  readonly specifiers?: readonly { readonly local: { readonly name: string } }[];
  readonly left?: Node;
  readonly argument?: Node | null;
  readonly elements?: readonly (Node | null)[];
  readonly properties?: readonly Node[];
  readonly value?: Node;
}

const changing = new Set(['AssignmentExpression', 'ForOfStatement', 'ForInStatement']);

/** The variables of what is assigned to, which may be taken apart: `[a, { b = 1, ...c }] = d`. */
function namesIn(target: Node | null | undefined): string[] {
  if (!target) return [];
  if (target.type === 'Identifier') return target.name ? [target.name] : [];
  if (target.type === 'ArrayPattern') return (target.elements ?? []).flatMap(namesIn);
  if (target.type === 'ObjectPattern') return (target.properties ?? []).flatMap(({ value, argument }) => namesIn(value ?? argument));
  if (target.type === 'AssignmentPattern') return namesIn(target.left);
  if (target.type === 'RestElement') return namesIn(target.argument);
  return [];
}

/** The variables that a module exports and also assigns to: who took a copy of one would not see that. What is only named like one counts too. */
export function exportsThatChange(code: string): string[] {
  const { body } = parseAst(code) as unknown as { readonly body: readonly Node[] };
  const variables = new Set<string>();
  const exported = new Set<string>();
  for (const node of body) {
    const isExport = node.type === 'ExportNamedDeclaration';
    const declared = isExport ? node.declaration : node;
    const names =
      declared?.kind === 'let' || declared?.kind === 'var' ? (declared.declarations ?? []).flatMap(({ id }) => namesIn(id)) : [];
    for (const name of names) {
      variables.add(name);
      if (isExport) exported.add(name);
    }
    for (const { local } of (isExport && node.specifiers) || []) exported.add(local.name);
  }
  const assigned = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, left, argument } = node as Node;
    const target = changing.has(type) ? left : type === 'UpdateExpression' ? argument : undefined;
    for (const name of namesIn(target)) assigned.add(name);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(body);
  return [...exported].filter((name) => variables.has(name) && assigned.has(name));
}
