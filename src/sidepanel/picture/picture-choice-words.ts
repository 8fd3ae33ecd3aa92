import { type MessageKey, t } from '../../view/translate';

const qualityNames = new Map<string, MessageKey>([
  ['auto', 'picture_model_decides'],
  ['low', 'picture_quality_low'],
  ['medium', 'picture_quality_medium'],
  ['high', 'picture_quality_high'],
  ['standard', 'picture_quality_standard'],
  ['hd', 'picture_quality_hd'],
]);

/** @param quality as servers name it; one that is not known is shown so */
export function qualityWords(quality: string): string {
  const key = qualityNames.get(quality);
  return key ? t(key) : quality;
}

/** @param size as servers name it, such as `1024x1536`; one that is not known is shown so */
export function sizeWords(size: string): string {
  if (size === 'auto') return t('picture_model_decides');
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? [];
  if (!width || !height) return size;
  if (width === height) return t('picture_size_square', width, height);
  return t(Number(width) > Number(height) ? 'picture_size_wide' : 'picture_size_tall', width, height);
}
