import { expect, it } from 'vitest';
import { sensibleMetadata } from '../../../../src/core/pdf/pdf-metadata';

const today = '2026-01-01';

it.each([
  ['On the keeping of lamps', 'On the keeping of lamps'],
  ['Microsoft Word - The lamp guide', 'The lamp guide'],
  ['Lamps', 'Lamps'],
  ['Microsoft Word - thesis_v3.docx', undefined],
  ['untitled', undefined],
  ['PII_S0021-9258', undefined],
  ['  ', undefined],
])('the title «%s» is taken as %s', (title, taken) => {
  expect(sensibleMetadata({ title }, today).title).toBe(taken);
});

it.each([
  ['Ada Wick', 'Ada Wick'],
  ['Administrator', undefined],
  ['user', undefined],
  ['someone@example.org', undefined],
])('the author «%s» is taken as %s', (author, taken) => {
  expect(sensibleMetadata({ author }, today).byline).toBe(taken);
});

it.each([
  ["D:20240131120000+01'00'", '2024-01-31'],
  ['D:2024', '2024'],
  ['D:19700101', undefined],
  ['D:20991231', undefined],
  ['yesterday', undefined],
])('the date «%s» is taken as %s', (created, taken) => {
  expect(sensibleMetadata({ created }, today).published).toBe(taken);
});
