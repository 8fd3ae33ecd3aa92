import type { Knowledge } from '../../core/assistants/knowledge';
import type { MessageKey } from '../../view/translate';

export const knowledgeWords = {
  pages: 'knowledge_pages',
  'pages-and-model': 'knowledge_pages_and_model',
} as const satisfies Record<Knowledge, MessageKey>;
