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
      declared?.kind === 'let' || declared?.kind === 'var' ? (declared.declarations ?? []).flatMap(({ id }) => id.name ?? []) : [];
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
    const target = type === 'AssignmentExpression' ? left : type === 'UpdateExpression' ? argument : undefined;
    if (target?.name) assigned.add(target.name);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(body);
  return [...exported].filter((name) => variables.has(name) && assigned.has(name));
}
