import { expect, it } from 'vitest';
import { splitTags } from '../../../../src/core/pages/tidy-tags';

it('takes tags apart at commas of any script, tidies them and keeps each once', () => {
  expect(splitTags(' Optics,  Slow   light ,optics,, 灯台、紙，Caf\u0065\u0301 ')).toEqual(['optics', 'slow light', '灯台', '紙', 'café']);
  expect(splitTags('  , ')).toEqual([]);
});
