import browser from 'webextension-polyfill';

/** Chromium's side panel, which the polyfill's types don't know. */
interface WithSidePanel {
  readonly sidePanel: { open(options: { readonly windowId: number }): Promise<void> };
}

/** Opens the side panel of a window. Must be called in the very handler of a person's gesture, before any await. */
export function openPanel(windowId: number): Promise<void> {
  return (browser as unknown as WithSidePanel).sidePanel.open({ windowId });
}
