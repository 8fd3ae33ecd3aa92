/** What an endpoint wants to say, before it is known how well it arrives. */
export type Reply =
  | { readonly type: 'json'; readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly type: 'html'; readonly status: number; readonly body: string }
  /** Server-sent events: the `data` of each. */
  | { readonly type: 'stream'; readonly events: readonly string[] }
  /** A file. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** A stream's bytes as they are, whatever they are. */
  | { readonly type: 'raw'; readonly bytes: Uint8Array };
