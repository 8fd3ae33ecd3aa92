/** What the build makes of an import of a content script: its address within the extension. */
declare module '*?script&iife' {
  const address: string;
  export default address;
}
