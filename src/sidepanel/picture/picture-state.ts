import { batch, signal } from '@preact/signals';
import type { MessageId } from '../../core/conversation';
import { type PictureChoices, pictureOptions } from '../../core/picture';
import { type Problem, problemOf } from '../../core/problem';
import type { Client } from '../client';

export type PictureState = ReturnType<typeof createPictureState>;

const memoryKey = 'picture-model';

/** A picture that is about to be asked for: nothing is sent before the person has seen the prompt and the price. */
export function createPictureState(client: Pick<Client, 'send'>, memory: Pick<Storage, 'getItem' | 'setItem'>) {
  /** Absent while no picture is asked for. */
  const prompt = signal<string | undefined>();
  const choices = signal<PictureChoices>(choicesFor(memory.getItem(memoryKey) ?? 'gpt-image-1'));
  const isCondensing = signal(false);
  const problem = signal<Problem | undefined>();

  return {
    prompt,
    choices,
    isCondensing,
    problem,

    open(written: string) {
      batch(() => {
        prompt.value = written;
        problem.value = undefined;
      });
    },

    close() {
      prompt.value = undefined;
    },

    /** A model's sizes and qualities are its own. */
    chooseModel(model: string) {
      memory.setItem(memoryKey, model);
      const { withoutText } = choices.value;
      choices.value = { ...choicesFor(model), ...(withoutText ? { withoutText } : {}) };
    },

    /** Has the chat model turn an answer into a prompt. What the person has typed meanwhile stays. */
    async condense(answerId: MessageId) {
      const before = prompt.value;
      batch(() => {
        isCondensing.value = true;
        problem.value = undefined;
      });
      try {
        const condensed = await client.send('picture/condense', { answerId });
        if (prompt.value === before) prompt.value = condensed.prompt;
      } catch (error) {
        problem.value = problemOf(error);
      }
      isCondensing.value = false;
    },
  };
}

function choicesFor(model: string): PictureChoices {
  const { sizes, qualities } = pictureOptions(model);
  return { model, size: sizes[0] ?? 'auto', quality: qualities[0] ?? 'auto' };
}
