import { z } from 'zod';
import { count, shape, text, type ViewOf, yen } from '../engine/shapes.js';

/**
 * A node of the tree from an amount to its causes. `facts` are plain, e.g. the tariff row in words and the
 * arithmetic `8 x ceil(61/180) = 8`.
 */
export const Explanation = z.object({
  id: text,
  what: text,
  whatJa: text,
  amount: yen.nullable(),
  facts: z.record(text, text),
  events: z.array(z.object({ position: count, type: text, stream: text, hash: text })),
  get causes() {
    return z.array(Explanation).meta({ description: 'Each an explanation again.' });
  },
});
shape('Explanation', Explanation);
export type Explanation = ViewOf<typeof Explanation>;

/** `problems` of a verification: the first bad position; of a replay: the rows that differ. */
export const AuditFinding = shape(
  'AuditFinding',
  z.object({ ok: z.boolean(), events: count, problems: z.array(text), head: text }),
);
export type AuditFinding = ViewOf<typeof AuditFinding>;
