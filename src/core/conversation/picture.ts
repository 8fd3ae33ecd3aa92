import type { Brand } from '../brand';

export type PictureId = Brand<string, 'PictureId'>;

/** How a picture is asked for, besides its prompt. Kept with the question, so that it can be asked for again. */
export interface PictureChoices {
  readonly model: string;
  /** Such as `1024x1536`, width first; `auto` leaves it to the server, as it does with the quality. */
  readonly size: string;
  readonly quality: string;
  readonly withoutText?: true;
}

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** More than any model makes; a larger file is refused. */
export const mostPictureBytes = 20_000_000;

/** The longest prompt that models for pictures take. */
export const mostPromptCharacters = 4_000;

/** The prompt as it is sent. */
export function promptOf(prompt: string, { withoutText }: Pick<PictureChoices, 'withoutText'>): string {
  return withoutText ? `${prompt}\n\nThe picture has no text in it: no words, letters, numbers, captions or labels.` : prompt;
}

/** What a model is known to offer; of one that is not known, what the newer ones do. The first of each is what it is asked for unless told. */
export function pictureOptions(model: string): { readonly sizes: readonly string[]; readonly qualities: readonly string[] } {
  if (/^dall-e-2/.test(model)) return { sizes: ['512x512', '256x256', '1024x1024'], qualities: ['standard'] };
  if (/^dall-e-3/.test(model)) return { sizes: ['1024x1024', '1792x1024', '1024x1792'], qualities: ['standard', 'hd'] };
  const sizes = ['1024x1024', '1536x1024', '1024x1536', 'auto'];
  return { sizes, qualities: /^gpt-image/.test(model) ? ['low', 'medium', 'high', 'auto'] : ['auto', 'low', 'medium', 'high'] };
}

/** What kind of picture bytes are, by how they begin: what a server says of them is not relied on. `undefined` when they are none. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | undefined {
  const starts = (at: number, ...expected: number[]) => expected.every((byte, index) => bytes[at + index] === byte);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  return undefined;
}
