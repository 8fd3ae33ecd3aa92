import browser from 'webextension-polyfill';

/** Chromium's side panel, which the polyfill's types don't know. */
interface SidePanel {
  /** Must be called in the very handler of a person's gesture, before any await. */
  open(options: { windowId: number }): Promise<void>;
  setPanelBehavior(behavior: { openPanelOnActionClick: boolean }): Promise<void>;
}

export const sidePanel = (browser as unknown as { sidePanel: SidePanel }).sidePanel;
