import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import type { TuningExample } from '../../../../../src/core/tuning/example';
import { readExamples } from '../../../../../src/core/tuning/forms/read-examples';
import { TrainingFolder } from '../../../../../src/core/tuning/forms/training-folder';
import { all, inPieces } from '../text-in-pieces';

const pair = (question: string, besides: Partial<TuningExample> = {}): TuningExample => ({
  conversation: [
    { role: 'system', content: 'Say """no""".' },
    { role: 'user', content: question },
  ],
  answer: { role: 'assistant', content: 'No.' },
  ...besides,
});
const set = [
  pair('One?'),
  pair('Two?', { split: 'train' }),
  pair('Three?', { split: 'validation' }),
  { conversation: [{ role: 'user', content: 'Only disliked' }] },
];

function folderOf(examples: readonly TuningExample[]) {
  const count = { written: 0, leftOut: 0 };
  const folder = new TrainingFolder(count);
  const files = new Map<string, string>();
  for (const example of examples) {
    const side = folder.sideOf(example);
    const path = `data/${side}.jsonl`;
    if (side) files.set(path, `${files.get(path) ?? ''}${folder.write(example, side)}`);
  }
  for (const { path, text } of folder.files()) files.set(path, text);
  return { count, file: (path: string) => files.get(path) ?? '', paths: [...files.keys()] };
}

it('a folder to train from holds each side of the split, which can be imported again', async () => {
  const { count, file } = folderOf(set);
  expect(count).toEqual({ written: 3, leftOut: 1 });
  const read = async (path: string) => (await all(readExamples(inPieces(file(path)), { isTable: false }))).map(({ example }) => example);
  const bare = ({ split: _, ...example }: TuningExample) => example;
  expect(await read('data/train.jsonl')).toEqual(set.slice(0, 2).map(bare));
  expect(await read('data/validation.jsonl')).toEqual([bare(set[2] as TuningExample)]);
});

it('its card and its configurations are YAML that names the files there are', () => {
  const { file, paths } = folderOf(set);
  const front = load(file('README.md').split('---')[1] ?? '');
  expect(front).toMatchObject({
    size_categories: ['n<1K'],
    configs: [{ data_files: [{ path: 'data/train.jsonl' }, { path: 'data/validation.jsonl' }] }],
  });
  expect(load(file('llama-factory.yaml'))).toMatchObject({
    dataset: 'examples',
    eval_dataset: 'examples_validation',
    num_train_epochs: 25,
    cutoff_len: 4_096,
  });
  expect(load(file('axolotl.yaml'))).toMatchObject({
    datasets: [{ path: 'data/train.jsonl' }],
    test_datasets: [{ path: 'data/validation.jsonl' }],
  });
  const info = JSON.parse(file('data/dataset_info.json')) as Record<string, { file_name: string }>;
  for (const { file_name } of Object.values(info)) expect(paths).toContain(`data/${file_name}`);
});

it('names the column of tools only of a side that has any', () => {
  const tools = '[{"type":"function","function":{"name":"land"}}]';
  const columns = (examples: readonly TuningExample[]) =>
    Object.values(JSON.parse(folderOf(examples).file('data/dataset_info.json')) as Record<string, { columns: object }>).map(
      (one) => one.columns,
    );
  expect(columns([pair('One?', { tools }), pair('Two?', { split: 'validation' })])).toEqual([
    { messages: 'messages', tools: 'tools' },
    { messages: 'messages' },
  ]);
  expect(folderOf(set).file('data/dataset_info.json')).toContain('"observation_tag": "tool"');
});

it('without a side to judge by, nothing names one', () => {
  const { file, paths } = folderOf([pair('One?')]);
  expect(paths).not.toContain('data/validation.jsonl');
  for (const path of paths) expect(file(path)).not.toContain('validation.jsonl');
  expect(load(file('llama-factory.yaml'))).not.toHaveProperty('eval_dataset');
});

it('the system prompt of a Modelfile cannot end itself', () => {
  const modelfile = folderOf(set).file('Modelfile');
  expect(modelfile).toBe(`FROM llama3.2:3b\nADAPTER ./out\nSYSTEM """Say '''no'''."""\n`);
});
