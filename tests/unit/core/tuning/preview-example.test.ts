import { describe, expect, test } from 'vitest';
import type { TuningExample } from '../../../../src/core/tuning/example';
import { formNames } from '../../../../src/core/tuning/forms/form';
import { previewExample } from '../../../../src/core/tuning/preview-example';

const example: TuningExample = {
  conversation: [
    { role: 'system', content: 'Say “no”, or "yes".' },
    { role: 'user', content: 'Is it open?' },
  ],
  answer: { role: 'assistant', content: 'Yes.' },
  rejected: { role: 'assistant', content: 'No.' },
};

describe('An example as a file will have it', () => {
  test.each(formNames)('shows where its system prompt stands, as %s', (form) => {
    const { text = '', system = { start: 0, end: 0 } } = previewExample(form, example, false) ?? {};
    expect(text.slice(system.start, system.end).replaceAll('\\"', '"').replaceAll('""', '"')).toBe('Say “no”, or "yes".');
    const bare = previewExample(form, example, true);
    expect(bare?.system).toBeUndefined();
    expect(bare?.text).not.toContain('Say');
    expect(bare?.text).toContain('Is it open?');
  });

  test('is nothing where the form has no place for it', () => {
    const { rejected: _, ...liked } = example;
    expect(previewExample('openai-preference', liked, false)).toBeUndefined();
  });

  test('is the beginning of a long one', () => {
    const long = { ...example, answer: { role: 'assistant', content: 'x'.repeat(100_000) } };
    expect(previewExample('openai-chat', long, false)?.text.length).toBe(4_000);
  });
});
