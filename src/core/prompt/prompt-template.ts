/** What a template can hold. `page` is the page in the tab, `selection` what is selected there, `argument` what is written after a command. */
export const templateVariables = ['question', 'passages', 'page', 'selection', 'date', 'language', 'argument'] as const;
export type TemplateVariable = (typeof templateVariables)[number];

/** What is wrong with a template. */
export type TemplateProblem =
  /** `meant` is a variable that looks like it, if there is one. */
  | { readonly kind: 'unknown'; readonly name: string; readonly meant?: TemplateVariable }
  /** `{{` without `}}`, or the other way round. */
  | { readonly kind: 'unclosed' }
  | { readonly kind: 'missing' | 'repeated' | 'not-here'; readonly name: TemplateVariable };

export interface TemplateRules {
  /** What may stand in it; all others are `not-here`. */
  readonly allowed: readonly TemplateVariable[];
  /** What must. */
  readonly required?: readonly TemplateVariable[];
}

type Piece = { readonly text: string } | { readonly variable: string };

/** Text that is as long as a page: twice, it would be paid for twice. */
const onceOnly: readonly TemplateVariable[] = ['question', 'passages', 'page', 'selection'];

/** What is wrong with a template; nothing when it can be used. */
export function checkTemplate(template: string, { allowed, required = [] }: TemplateRules): TemplateProblem[] {
  const pieces = cut(template);
  const written = pieces.flatMap((piece) => ('variable' in piece ? piece.variable : []));
  const isUnclosed = pieces.some((piece) => 'text' in piece && /\{\{|\}\}/.test(piece.text));
  const strange = [...new Set(written)].flatMap((name): TemplateProblem[] => {
    if (!isVariable(name)) return [{ kind: 'unknown', name, ...meantBy(name, allowed) }];
    return allowed.includes(name) ? [] : [{ kind: 'not-here', name }];
  });
  const missing = required.filter((name) => !written.includes(name)).map((name) => ({ kind: 'missing', name }) as const);
  const repeated = onceOnly
    .filter((name) => written.filter((other) => other === name).length > 1)
    .map((name) => ({ kind: 'repeated', name }) as const);
  return [...(isUnclosed ? [{ kind: 'unclosed' } as const] : []), ...strange, ...missing, ...repeated];
}

/**
 * Puts values in the place of variables, in one pass: what is put in is never looked through for variables, so that no text can have another put in.
 * What is not known, or has no value, stays as it is written: `checkTemplate` has told of it before.
 */
export function fillTemplate(template: string, values: Partial<Readonly<Record<TemplateVariable, string>>>): string {
  return cut(template)
    .map((piece) => {
      if ('text' in piece) return piece.text;
      const value = isVariable(piece.variable) ? values[piece.variable] : undefined;
      return value ?? `{{${piece.variable}}}`;
    })
    .join('');
}

/** Whether a variable stands in a template. */
export function usesVariable(template: string, name: TemplateVariable): boolean {
  return cut(template).some((piece) => 'variable' in piece && piece.variable === name);
}

function cut(template: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of template.matchAll(/\{\{([^{}]{0,100})\}\}/g)) {
    if (match.index > from) pieces.push({ text: template.slice(from, match.index) });
    pieces.push({ variable: (match[1] ?? '').trim() });
    from = match.index + match[0].length;
  }
  if (from < template.length) pieces.push({ text: template.slice(from) });
  return pieces;
}

function isVariable(name: string): name is TemplateVariable {
  return (templateVariables as readonly string[]).includes(name);
}

/** The first that begins as the name does, or that it begins as. */
function meantBy(name: string, allowed: readonly TemplateVariable[]): { meant?: TemplateVariable } {
  const lower = name.toLowerCase();
  const meant = allowed.find((variable) => lower !== '' && (variable.startsWith(lower.slice(0, 3)) || lower.startsWith(variable)));
  return meant ? { meant } : {};
}
