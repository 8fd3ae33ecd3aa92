import { type ComponentChild, h } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type LinkTo, OutsideLink } from '../outside-link';
import { t } from '../translate';
import { useSlices } from '../use-slices';
import { CodeBlock } from './code-block';
import type { DrawnBlock } from './drawn-block';
import { Formula } from './formula';
import { growingBlocks } from './growing-blocks';
import { type MarkdownOptions, markdownBlocks } from './markdown-blocks';
import { sanitiseHtml } from './sanitise-html';

/** Turns a run of plain text, outside code and links, into what is shown for it. */
export type RenderText = (text: string) => ComponentChild;

interface MarkdownProps extends MarkdownOptions {
  readonly text: string;
  /** The level that the text's highest headings get, so that they fit the outline of the page around them. */
  readonly headingLevel: number;
  /** Keep it the same function between renderings, or every block is made anew. */
  readonly renderText?: RenderText;
  /** Keep it the same function, too. Absent: links lead where they say. */
  readonly linkTo?: LinkTo;
  /** Given while text is being appended: makes its end, which may not be whole, fit to show. */
  readonly settleEnd?: ((end: string) => string) | undefined;
}

/**
 * Shows Markdown of any origin. It loads nothing, runs nothing and follows a link only when clicked.
 * While text is appended, blocks that are finished keep their elements, and so do the parts of the last one.
 */
export function Markdown({ text, passage, selections, hasMath, headingLevel, renderText, linkTo, settleEnd }: MarkdownProps) {
  const [grow] = useState(() => growingBlocks({ hasMath }));
  const blocks = useMemo(
    () => (settleEnd ? grow(text, settleEnd) : markdownBlocks(text, { passage, selections, hasMath })),
    [text, passage, selections, hasMath, settleEnd, grow],
  );
  const slices = useSlices(blocks);
  return slices.map(({ html, shortened }, index) => {
    const drawing = { headingLevel, renderText, linkTo };
    return shortened ? <HeavyBlock key={index} html={html} {...shortened} {...drawing} /> : <Block key={index} html={html} {...drawing} />;
  });
}

/** A block that would hold the panel up is drawn whole only when that is asked for. */
function HeavyBlock({ html, to, whole, ...drawing }: BlockProps & NonNullable<DrawnBlock['shortened']>) {
  const [isWhole, setWhole] = useState(false);
  const block = useRef<HTMLDivElement>(null);
  // It may have grown, or been marked, since all of it was asked for.
  const drawn = useMemo(() => (isWhole ? whole() : html), [isWhole, whole, html]);
  // The button that had the focus is gone.
  useEffect(() => block.current?.focus({ preventScroll: true }), [isWhole]);
  if (isWhole) {
    return (
      <div tabIndex={-1} ref={block}>
        <Block html={drawn} {...drawing} />
      </div>
    );
  }
  return (
    <>
      <Block html={drawn} {...drawing} />
      <p class="shortened small soft">
        {t(to === 'beginning' ? 'block_begins' : 'block_as_source')}{' '}
        <button type="button" class="text-button" onClick={() => setWhole(true)}>
          {t('show_all_of_it')}
        </button>
      </p>
    </>
  );
}

interface BlockProps {
  readonly html: string;
  readonly headingLevel: number;
  readonly renderText: RenderText | undefined;
  readonly linkTo: LinkTo | undefined;
}

function Block({ html, headingLevel, renderText, linkTo }: BlockProps) {
  return useMemo(() => renderChildren(sanitiseHtml(html), { headingLevel, renderText, linkTo }), [html, headingLevel, renderText, linkTo]);
}

interface RenderContext {
  readonly headingLevel: number;
  readonly renderText: RenderText | undefined;
  readonly linkTo: LinkTo | undefined;
}

function renderChildren(parent: Node, context: RenderContext): ComponentChild[] {
  return Array.from(parent.childNodes, (node) => renderNode(node, context));
}

function renderNode(node: Node, context: RenderContext): ComponentChild {
  if (node instanceof Text) return context.renderText ? context.renderText(node.data) : node.data;
  if (!(node instanceof HTMLElement)) return null;
  const name = node.localName;
  const children = () => renderChildren(node, context);
  switch (name) {
    case 'a':
      return (
        <OutsideLink href={node.getAttribute('href') ?? ''} linkTo={context.linkTo}>
          {renderChildren(node, { ...context, renderText: undefined })}
        </OutsideLink>
      );
    case 'img':
      return node.getAttribute('alt');
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return h(`h${Math.min(6, context.headingLevel + Number(name[1]) - 1)}`, { dir: 'auto' }, children());
    case 'pre':
      return preformatted(node, context);
    case 'code':
      if (node.lang === 'math') return <Formula source={node.textContent} isDisplayed={false} />;
      return h(name, null, renderChildren(node, { ...context, renderText: undefined }));
    case 'kbd':
    case 'samp':
      return h(name, null, renderChildren(node, { ...context, renderText: undefined }));
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it sideways
        <div class="table-frame" tabIndex={0}>
          <table>{children()}</table>
        </div>
      );
    case 'td':
    case 'th':
      return h(name, { dir: 'auto', class: alignment(node) }, children());
    case 'ol':
      return <ol start={Number(node.getAttribute('start') ?? 1) || 1}>{children()}</ol>;
    case 'p':
    case 'li':
    case 'blockquote':
      return h(name, { dir: 'auto' }, children());
    case 'br':
    case 'hr':
      return h(name, null);
    default:
      return h(name, null, children());
  }
}

function preformatted(node: HTMLElement, context: RenderContext): ComponentChild {
  // Where something in it is marked it stays as it is, for what tells its words apart knows only text.
  const isPlain = node.lang !== '' && node.querySelector('mark, u') === null;
  if (isPlain && node.lang === 'math') return <Formula source={node.textContent} isDisplayed={true} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it sideways
    <pre tabIndex={0}>
      {isPlain ? <CodeBlock code={node.textContent} language={node.lang} /> : renderChildren(node, { ...context, renderText: undefined })}
    </pre>
  );
}

function alignment(cell: HTMLElement): string | undefined {
  const align = cell.getAttribute('align');
  return align === 'right' || align === 'center' ? `align-${align}` : undefined;
}
