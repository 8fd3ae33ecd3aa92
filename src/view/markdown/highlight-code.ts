import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

/** A run of code, or several of one kind. */
export type CodePart = string | { readonly kind: string; readonly parts: readonly CodePart[] };

const lowlight = createLowlight({
  ...{ bash, c, cpp, csharp, css, diff, go, ini, java, javascript, json, kotlin, lua, php, python, r, ruby, rust, sql },
  ...{ typescript, xml, yaml },
});

/**
 * Tells the keywords, texts, numbers and comments of code apart.
 * @param language as a fence names it, by any of its names
 * @returns the code in order; as it is when the language is not known here
 */
export function highlightCode(language: string, code: string): readonly CodePart[] {
  const name = language.toLowerCase();
  return lowlight.registered(name) ? partsOf(lowlight.highlight(name, code, { prefix: '' }).children) : [code];
}

type CodeNode = ReturnType<typeof lowlight.highlight>['children'][number];

function partsOf(nodes: readonly CodeNode[]): CodePart[] {
  return nodes.flatMap((node): CodePart[] => {
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    const [kind] = [node.properties.className].flat();
    return [{ kind: String(kind ?? ''), parts: partsOf(node.children as CodeNode[]) }];
  });
}
