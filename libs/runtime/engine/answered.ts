import type { Answer } from '../product.views.js';

/** The answer to a command that was carried out: a value, at the position of its last event. */
export const answered = <Value>(
  { position, replayed }: { readonly position: number; readonly replayed: boolean },
  value: Value,
): Answer<Value> => ({ kind: 'done', value, position, replayed });
