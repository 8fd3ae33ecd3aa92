import { type ExampleSplit, systemPromptOf, type TuningExample } from '../example';
import { automaticEpochs } from '../training/training-cost';
import { normalTools } from './read-tools';
import { ExampleWriter, type WrittenFile } from './write-examples';

export interface FolderFile {
  /** With `/` between the folders. */
  readonly path: string;
  readonly text: string;
}

/**
 * The model that the configurations name: small enough for one graphics card, with licence terms to agree to. Ollama takes adapters of Llama, Mistral and
 * Gemma models (https://docs.ollama.com/import).
 */
const base = { huggingFace: 'meta-llama/Llama-3.2-3B-Instruct', ollama: 'llama3.2:3b', template: 'llama3' } as const;
/** What of an example the configurations have trained; longer ones are cut off there. */
const contextTokens = 4_096;

/** So many system prompts are told apart when the usual one is looked for. */
const mostPrompts = 2_000;

/**
 * A folder to train from on one's own computer: the examples as a Hugging Face dataset with its card, configurations for LLaMA-Factory and Axolotl, and an
 * Ollama `Modelfile` for what comes of it. Its data files are of the form of OpenAI's chat files, and can be imported again. They are written an example at a
 * time; the other files follow from what was written.
 */
export class TrainingFolder {
  readonly #count: WrittenFile;
  readonly #writer: ExampleWriter;
  readonly #sizes: Record<ExampleSplit, number> = { train: 0, validation: 0 };
  readonly #hasTools: Record<ExampleSplit, boolean> = { train: false, validation: false };
  readonly #prompts = new Map<string, number>();

  /** @param count is told how many examples are in it */
  constructor(count: WrittenFile) {
    this.#count = count;
    this.#writer = new ExampleWriter('openai-chat', count);
  }

  /** In which of `data/train.jsonl` and `data/validation.jsonl` an example belongs. What has no answer belongs in none, and is counted as left out. */
  sideOf(example: TuningExample): ExampleSplit | undefined {
    if (example.answer) return example.split === 'validation' ? 'validation' : 'train';
    this.#count.leftOut += 1;
    return undefined;
  }

  /** @returns what its file gets of it */
  write(example: TuningExample, side: ExampleSplit): string {
    this.#sizes[side] += 1;
    this.#hasTools[side] ||= normalTools(example.tools).tools !== undefined;
    const prompt = systemPromptOf(example);
    if (prompt && (this.#prompts.has(prompt) || this.#prompts.size < mostPrompts))
      this.#prompts.set(prompt, (this.#prompts.get(prompt) ?? 0) + 1);
    return this.#writer.write(example);
  }

  /** All that goes with the data files, once these are written. */
  files(): FolderFile[] {
    const { train, validation } = this.#sizes;
    const hasValidation = validation > 0;
    const epochs = automaticEpochs(train);
    return [
      { path: 'README.md', text: card(train, validation) },
      { path: 'data/dataset_info.json', text: datasetInfo(this.#hasTools.train, hasValidation ? this.#hasTools.validation : undefined) },
      { path: 'llama-factory.yaml', text: llamaFactory(epochs, hasValidation) },
      { path: 'axolotl.yaml', text: axolotl(epochs, hasValidation) },
      { path: 'Modelfile', text: modelfile(this.#prompts) },
    ];
  }
}

/** https://huggingface.co/docs/hub/datasets-manual-configuration */
function card(train: number, validation: number): string {
  const size = train + validation;
  const category = size < 1_000 ? 'n<1K' : size < 10_000 ? '1K<n<10K' : size < 100_000 ? '10K<n<100K' : '100K<n<1M';
  const splits = [
    `      - split: train\n        path: data/train.jsonl`,
    ...(validation > 0 ? ['      - split: validation\n        path: data/validation.jsonl'] : []),
  ];
  return `---
pretty_name: Examples from Commonplace
task_categories:
  - text-generation
size_categories:
  - ${category}
configs:
  - config_name: default
    data_files:
${splits.join('\n')}
---

# Examples from Commonplace

${train} conversations to train on and ${validation} to judge by, one a line, each with the key \`messages\` and, where it calls tools, \`tools\`. Passages that were read for a question stand in front of it, numbered.

Say here where the conversations are from, what they may be used for, and under which licence, before you give them to anybody.

## To train
- LLaMA-Factory, in this folder: \`llamafactory-cli train llama-factory.yaml\`
- Axolotl, in this folder: \`axolotl train axolotl.yaml\`
- Then, for Ollama: \`ollama create my-assistant -f Modelfile\`

Both configurations train an adapter (LoRA) for ${base.huggingFace}; another model is named at their top, and the template with it.
`;
}

/**
 * https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md: a column that is named must be there.
 * @param validationHasTools `undefined`: nothing is kept for validation
 */
function datasetInfo(trainHasTools: boolean, validationHasTools: boolean | undefined): string {
  const described = (file: string, hasTools: boolean) => ({
    file_name: file,
    formatting: 'sharegpt',
    columns: { messages: 'messages', ...(hasTools ? { tools: 'tools' } : {}) },
    tags: {
      role_tag: 'role',
      content_tag: 'content',
      user_tag: 'user',
      assistant_tag: 'assistant',
      system_tag: 'system',
      observation_tag: 'tool',
    },
  });
  const sets = {
    examples: described('train.jsonl', trainHasTools),
    ...(validationHasTools === undefined ? {} : { examples_validation: described('validation.jsonl', validationHasTools) }),
  };
  return `${JSON.stringify(sets, undefined, 2)}\n`;
}

/** https://github.com/hiyouga/LLaMA-Factory/tree/main/examples/train_lora */
function llamaFactory(epochs: number, hasValidation: boolean): string {
  const judged = `eval_dataset: examples_validation
per_device_eval_batch_size: 1
eval_strategy: epoch
`;
  return `model_name_or_path: ${base.huggingFace}
template: ${base.template}
stage: sft
do_train: true
finetuning_type: lora
lora_rank: 8
lora_target: all
dataset_dir: data
dataset: examples
cutoff_len: ${contextTokens}
output_dir: out
logging_steps: 10
plot_loss: true
per_device_train_batch_size: 1
gradient_accumulation_steps: 8
learning_rate: 1.0e-4
num_train_epochs: ${epochs}
lr_scheduler_type: cosine
warmup_ratio: 0.1
bf16: true
${hasValidation ? judged : ''}`;
}

/** https://docs.axolotl.ai/docs/config-reference.html */
function axolotl(epochs: number, hasValidation: boolean): string {
  const set = (file: string) => `  - path: data/${file}
    ds_type: json
    split: train
    type: chat_template
    field_messages: messages
`;
  return `base_model: ${base.huggingFace}
chat_template: ${base.template}
datasets:
${set('train.jsonl')}${hasValidation ? `test_datasets:\n${set('validation.jsonl')}` : ''}adapter: lora
lora_r: 16
lora_alpha: 32
lora_dropout: 0.05
lora_target_linear: true
sequence_len: ${contextTokens}
output_dir: ./out
micro_batch_size: 1
gradient_accumulation_steps: 8
num_epochs: ${epochs}
optimizer: adamw_torch
lr_scheduler: cosine
learning_rate: 0.0002
warmup_ratio: 0.1
train_on_inputs: false
bf16: auto
gradient_checkpointing: true
`;
}

/** https://docs.ollama.com/modelfile; the system prompt is the one that most examples have. */
function modelfile(prompts: ReadonlyMap<string, number>): string {
  const [usual] = [...prompts].sort(([, one], [, other]) => other - one)[0] ?? [];
  // Three quotation marks in a row would end it.
  const system = usual === undefined ? '' : `SYSTEM """${usual.replaceAll('"""', "'''")}"""\n`;
  return `FROM ${base.ollama}\nADAPTER ./out\n${system}`;
}
