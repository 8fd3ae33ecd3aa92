import { type ComponentChild, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { useLoaded } from '../use-loaded';

interface FormulaProps {
  /** TeX. */
  readonly source: string;
  /** It stands by itself and not in a line. */
  readonly isDisplayed: boolean;
}

const loadMath = () => import('./render-math');

/** A formula, or its source where that cannot be read as one. */
export function Formula({ source, isDisplayed }: FormulaProps) {
  const { module: math } = useLoaded(loadMath);
  const shown = useMemo(() => {
    const element = math?.renderMath(source, isDisplayed);
    return element && shownNode(element);
  }, [math, source, isDisplayed]);
  if (!isDisplayed) return <>{shown ?? <code>{source}</code>}</>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it sideways
    <div class="formula" tabIndex={0}>
      {shown ?? <code>{source}</code>}
    </div>
  );
}

function shownNode(node: Node): ComponentChild {
  if (node instanceof Text) return node.data;
  if (!(node instanceof MathMLElement)) return null;
  const attributes = Object.fromEntries(Array.from(node.attributes, ({ name, value }) => [name, value]));
  return h(node.localName, attributes, ...Array.from(node.childNodes, shownNode));
}
