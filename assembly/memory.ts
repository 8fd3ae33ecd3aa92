/** What is of a question's size is put from here on by whoever asks. */
export const questionAt: usize = 0x400;
