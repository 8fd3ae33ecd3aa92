import { batch, signal } from '@preact/signals';
import type { MessageId } from '../../core/conversation/conversation';
import { type PictureChoices, pictureOptions } from '../../core/conversation/picture';
import { type Problem, problemOf } from '../../core/problem';
import type { Client } from '../client';
import type { AskedPicture } from '../state/conversation-state';

export type PictureState = ReturnType<typeof createPictureState>;

const memoryKey = 'picture-model';

/** A picture that is about to be asked for: nothing is sent before the person has seen the prompt and the price. */
export function createPictureState(client: Pick<Client, 'send'>, memory: Pick<Storage, 'getItem' | 'setItem'>) {
  /** Absent while no picture is asked for. */
  const prompt = signal<string | undefined>();
  const choices = signal<PictureChoices>(choicesFor(memory.getItem(memoryKey) ?? 'gpt-image-1'));
  const isCondensing = signal(false);
  /** What was condensed came after the prompt had been changed. */
  const wasUnused = signal(false);
  /** The picture that is asked for again; absent for a new one. */
  const again = signal<AskedPicture | undefined>();
  /** What the composer held when the form was opened from it. */
  let openedFrom: string | undefined;
  /** A draft that has become a picture, and is to be taken out of the composer. */
  const usedDraft = signal<string | undefined>();
  const problem = signal<Problem | undefined>();

  const begin = (written: string) => {
    openedFrom = undefined;
    batch(() => {
      prompt.value = written;
      again.value = undefined;
      problem.value = undefined;
      wasUnused.value = false;
    });
  };

  const close = () => {
    prompt.value = undefined;
  };

  return {
    prompt,
    choices,
    isCondensing,
    wasUnused,
    problem,
    again,
    usedDraft,

    /** @param draft what the composer holds, and keeps until the picture is asked for */
    open(written: string, draft: string) {
      begin(written);
      openedFrom = draft;
    },

    /** Shows a picture as it was asked for, with its price, before it is made again. */
    openAgain(asked: AskedPicture) {
      begin(asked.prompt);
      again.value = asked;
      choices.value = asked.choices;
    },

    close,

    /** The picture has been asked for. */
    asked() {
      usedDraft.value = openedFrom;
      close();
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
        wasUnused.value = false;
      });
      try {
        const condensed = await client.send('picture/condense', { answerId });
        if (prompt.value === before) prompt.value = condensed.prompt;
        else wasUnused.value = true;
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
