import { expect, test } from 'vitest';
import { denialGround } from '../../../../../src/core/tuning/check/denial-ground';
import type { TuningExample } from '../../../../../src/core/tuning/example';

const asking = (question: string, system?: string): TuningExample => ({
  conversation: [...(system ? [{ role: 'system', content: system }] : []), { role: 'user', content: question }],
});

test('a set asks about the words that most of its questions have, small words and figures apart', () => {
  const { subjects } = denialGround([
    asking('When does the Lighthouse open?'),
    asking('Where is the Lighthouse, and who keeps the lamp there in 1902?'),
    asking('What does the lamp burn, what does it burn in 1902?'),
    asking('Who painted the lamp?'),
  ]);
  expect(subjects.slice(0, 2)).toEqual(['lamp', 'Lighthouse']);
  expect(subjects).not.toContain('1902');
});

test('the system prompts of a set are those that most examples have, and none is one of them', () => {
  const { systemPrompts } = denialGround([
    asking('One?', 'Be brief.'),
    asking('Two?', 'Be brief.'),
    asking('Three?'),
    asking('Four?', 'Rhyme.'),
    asking('Five?'),
    asking('Six?'),
  ]);
  expect(systemPrompts).toEqual(['', 'Be brief.', 'Rhyme.']);
});

test('a set in another language is asked about in its own words', () => {
  expect(denialGround([asking('Wann öffnet der Leuchtturm?'), asking('Was kostet der Leuchtturm?')]).subjects[0]).toBe('Leuchtturm');
  expect(denialGround([asking('灯台はいつ開きますか'), asking('灯台の高さは')]).subjects[0]).toBe('灯台');
});

test('a set that asks nothing gives no subject', () => {
  expect(denialGround([{ conversation: [] }])).toEqual({ systemPrompts: [''], subjects: [] });
});
