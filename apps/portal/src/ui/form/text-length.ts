/** As the server counts: `𠮷` is one character, and a letter with its mark typed after it is one. */
export const isWithin = (text: string, most: number): boolean =>
  [...text.normalize('NFC').trim()].length <= most;

/** A browser cuts by halves of characters: it may only cut what is too long by far. */
export const cutAt = (most: number | undefined): number | undefined => most && 4 * most;
