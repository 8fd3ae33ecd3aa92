import * as v from 'valibot';
import { defaultModelSettings, type ModelSettings } from '../../core/models/settings';
import type { SpendingSettings } from '../../core/spending/spending-settings';
import { modelParametersSchema } from '../../protocol/model-parameters-schema';
import { spendingSettingsSchema } from '../../protocol/spending-request-schemas';
import { autoSaveRulesSchema } from '../../protocol/worker-request-schemas';
import { type BackedUpSetting, backedUpSettings } from '../../storage/backup/backup-settings';

/** The settings of a backup. */
export interface RestoredSettings extends Partial<Record<BackedUpSetting, unknown>> {
  readonly modelSettings?: ModelSettings;
  readonly spending?: SpendingSettings;
  readonly autoSave?: v.InferOutput<typeof autoSaveRulesSchema>;
}

const name = v.pipe(v.string(), v.maxLength(10_000));

/** How each is checked, as it may have been stored by an earlier version; an item that is not known here is of a later version, and left out. */
const items = {
  modelSettings: v.exactOptional(
    v.object({
      baseUrl: v.optional(name, defaultModelSettings.baseUrl),
      chatModel: v.optional(name, defaultModelSettings.chatModel),
      embeddingModel: v.optional(name, defaultModelSettings.embeddingModel),
      contextTokens: v.optional(
        v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(2_000_000)),
        defaultModelSettings.contextTokens,
      ),
      // Numbers out of their range are left to the server.
      parameters: v.exactOptional(v.fallback(modelParametersSchema, {})),
      chatEndpoint: v.exactOptional(v.picklist(['chat', 'completions'])),
    }),
  ),
  autoSave: v.exactOptional(autoSaveRulesSchema),
  spending: v.exactOptional(spendingSettingsSchema),
} satisfies Record<BackedUpSetting, v.GenericSchema>;

export const restoredSettingsSchema: v.GenericSchema<unknown, RestoredSettings> = v.object(items);

/** How each is taken over. */
export type SettingsWriters = { readonly [Name in BackedUpSetting]: (value: NonNullable<RestoredSettings[Name]>) => Promise<void> };

/** Takes over all settings that a backup has. */
export async function restoreSettings(settings: RestoredSettings, writers: SettingsWriters): Promise<void> {
  for (const item of backedUpSettings) {
    const value = settings[item];
    const write: (value: never) => Promise<void> = writers[item];
    if (value !== undefined) await write(value as never);
  }
}
