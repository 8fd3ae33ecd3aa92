import { AppWindow, CalendarDays, Files, FileText, Globe, type IconNode, LibraryBig, Tag } from 'lucide';
import { type ChosenScope, scopeParts } from '../../core/search/chosen-scope';

export const scopeIcons = {
  library: LibraryBig,
  page: FileText,
  tabs: AppWindow,
  site: Globe,
  tag: Tag,
  pages: Files,
  time: CalendarDays,
} as const;

/** The one that stands for most of what is chosen. */
export function scopeIcon(chosen: ChosenScope): IconNode {
  if (chosen.kind !== 'library') return scopeIcons[chosen.kind];
  const [first = 'library'] = scopeParts(chosen.scope);
  return chosen.scope.pageIds?.length === 1 ? scopeIcons.page : scopeIcons[first];
}
