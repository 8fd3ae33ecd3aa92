import type { ComponentChildren } from 'preact';

/** Where a link leads in truth; `undefined` when it is to be shown as words. */
export type LinkTo = (href: string) => string | undefined;

interface OutsideLinkProps {
  readonly href: string;
  readonly linkTo?: LinkTo | undefined;
  readonly children: ComponentChildren;
}

/** A link that somebody else wrote: says where it leads, and leads only to web or mail addresses. Any other is shown as its words. */
export function OutsideLink({ href, linkTo = (address) => address, children }: OutsideLinkProps) {
  const destination = destinationOf(href);
  if (!destination) return <>{children}</>;
  const leadsTo = linkTo(href);
  if (leadsTo === undefined) {
    return (
      <span class="outside-link">
        {children}
        <bdi class="host">{destination}</bdi>
      </span>
    );
  }
  return (
    <a class="outside-link" href={leadsTo} target="_blank" rel="noopener noreferrer">
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
