/** A fenced block with the code's own lines and spaces, and its language where the page names it. */
export function codeMarkdown(element: Element): string {
  const code = codeLines(element).replace(/^\n/, '').trimEnd();
  if (!code.trim()) return '';
  const longestRun = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${languageOf(element)}\n${code}\n${fence}`;
}

const lineNumbers = /(^|[\s-])(line-?(no|num|number)s?|gutter|blob-num)(\s|$)/i;

/** Code shown with one element to a line, as some highlighters do, gets its line breaks back. */
function codeLines(node: Node): string {
  let code = '';
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === Node.TEXT_NODE) {
      code += (child as Text).data;
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const element = child as Element;
      if (lineNumbers.test(element.className)) continue;
      if (element.localName === 'br') {
        code += '\n';
        continue;
      }
      const isLine = (element.hasAttribute('data-block') && element.localName !== 'code') || /^(div|p|li|tr)$/.test(element.localName);
      if (isLine && code !== '' && !code.endsWith('\n')) code += '\n';
      const inner = codeLines(element);
      code += inner;
      if (isLine && element.nextSibling && !inner.endsWith('\n')) code += '\n';
    }
  }
  return code;
}

const languageClass = /(?:^|\s)(?:language-|lang-|highlight-source-|highlight-|brush:\s*|sourceCode\s+)([a-z][\w+#.-]*)/i;
const noLanguage = /^(none|text|plain|plaintext|txt|default|nohighlight|notranslate|wrapper|source)$/i;

function languageOf(pre: Element): string {
  const candidates: (Element | null)[] = [pre.querySelector('code'), pre, pre.parentElement, pre.parentElement?.parentElement ?? null];
  for (const candidate of candidates) {
    if (!candidate) continue;
    const declared =
      candidate.getAttribute('data-lang') ?? candidate.getAttribute('data-language') ?? languageClass.exec(candidate.className)?.[1];
    if (declared && /^[\w+#.-]{1,20}$/.test(declared)) return noLanguage.test(declared) ? '' : declared.toLowerCase();
  }
  return '';
}
