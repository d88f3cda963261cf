import { z } from 'zod';
import { count, text } from './shapes.js';

/** Beside a problem's sentence, for readers of other languages; a sentence that has no code has neither. */
export const said = {
  problemJa: text.optional().meta({ description: 'The same in Japanese.' }),
  code: text.optional().meta({ description: 'What the problem says, without its language.' }),
  values: z.record(text, text).optional().meta({ description: 'What differs within its sentence.' }),
};
/** A problem of an imported file, named so that its author finds it. */
export const FileRemark = z.object({
  file: text,
  line: count,
  field: text.nullable(),
  problem: text,
  ...said,
});
