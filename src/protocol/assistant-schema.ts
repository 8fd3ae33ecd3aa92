import * as v from 'valibot';
import { type Assistant, type AssistantId, assistantLimits } from '../core/assistants/assistant';
import { knowledgeSchema, searchScopeSchema } from './ask-choices-schema';
import { modelParametersSchema } from './model-parameters-schema';

const limits = assistantLimits;
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

const fields = {
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.name)),
  instructions: text(limits.instructions),
  tone: v.exactOptional(text(limits.tone)),
  template: v.exactOptional(text(limits.template)),
  model: v.exactOptional(text(limits.model)),
  parameters: v.exactOptional(modelParametersSchema),
  scope: v.exactOptional(searchScopeSchema),
  knowledge: v.exactOptional(knowledgeSchema),
  fallback: v.exactOptional(v.object({ words: v.pipe(text(limits.words), v.minLength(1)), contact: text(limits.contact) })),
  command: v.exactOptional(text(limits.command)),
};

export const assistantIdSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.transform((value) => value as AssistantId),
);

/** An assistant but for its id, as it is written in a file. What is not named here is left out. */
export const assistantTextSchema: v.GenericSchema<unknown, Omit<Assistant, 'id' | 'isHidden'>> = v.object(fields);

export const assistantSchema: v.GenericSchema<unknown, Assistant> = v.object({
  id: assistantIdSchema,
  ...fields,
  isHidden: v.exactOptional(v.literal(true)),
});
