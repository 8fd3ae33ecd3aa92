/** The part of it that the tests use: it comes without types. */
declare module '@citation-js/core' {
  export const plugins: { readonly input: { chain(data: string, options: { readonly generateGraph: boolean }): unknown } };
}
