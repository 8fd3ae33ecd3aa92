import type { AssistantId } from '../assistants/assistant';
import type { Knowledge } from '../assistants/knowledge';
import type { PictureChoices } from '../conversation/picture';
import type { PageId } from '../pages/page';
import type { SearchScope } from '../search/search';

/** How a question is asked, apart from its words. Kept with it, so that it can be asked again in the same way. */
export interface AskChoices {
  /** What the person chose to ask; operators in the question narrow it further. */
  readonly scope?: SearchScope;
  /** What the answer may rest on. Absent: the pages alone. */
  readonly knowledge?: Knowledge;
  /** The question is the prompt of a picture, and the pages have no part in it. */
  readonly picture?: PictureChoices;
  /** Who answers. */
  readonly assistantId?: AssistantId;
  /** The page in the tab and what is selected there, where the assistant's template has a place for them. */
  readonly pageId?: PageId;
  readonly selection?: string;
}
