import type { ComponentChildren } from 'preact';

/** A link that somebody else wrote: says where it leads, and leads only to web or mail addresses. Any other is shown as its words. */
export function OutsideLink({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  const destination = destinationOf(href);
  if (!destination) return <>{children}</>;
  return (
    <a class="outside-link" href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <bdi class="host">{destination}</bdi>
    </a>
  );
}

/** The host of a web address or the mailbox of a mail address; nothing for any other. */
function destinationOf(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url.host;
  return url.protocol === 'mailto:' ? url.pathname : undefined;
}
