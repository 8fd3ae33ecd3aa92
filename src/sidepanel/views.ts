import { type IconNode, LibraryBig, MessageSquareText, Settings2, SlidersHorizontal } from 'lucide';
import type { MessageKey } from '../view/translate';

export type ViewName = 'ask' | 'library' | 'tune' | 'settings';

interface View {
  readonly name: ViewName;
  readonly title: MessageKey;
  readonly icon: IconNode;
}

/** The views in the order of their tabs; the n-th is opened with Alt and the digit n. */
export const views: readonly View[] = [
  { name: 'ask', title: 'view_ask', icon: MessageSquareText },
  { name: 'library', title: 'view_library', icon: LibraryBig },
  { name: 'tune', title: 'view_tune', icon: SlidersHorizontal },
  { name: 'settings', title: 'view_settings', icon: Settings2 },
];
