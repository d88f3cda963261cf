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
  factsJa: z.record(text, text).optional().meta({ description: 'Those facts that are words, in Japanese.' }),
  events: z.array(z.object({ position: count, type: text, stream: text, hash: text })),
  get causes() {
    return z.array(Explanation).meta({ description: 'Each an explanation again.' });
  },
});
shape('Explanation', Explanation);
export type Explanation = ViewOf<typeof Explanation>;

/** One thing that an audit has found: what it says, its code, and where it is. */
const FoundProblem = shape(
  'FoundProblem',
  z.object({
    problem: text,
    problemJa: text,
    code: text.meta({ example: 'CELLS_DIFFER' }),
    values: z.record(text, text).meta({ description: 'What stands for the names of its sentence.' }),
    position: count
      .nullable()
      .meta({ description: 'The first event that is not proven; null where it is not about the log.' }),
    row: z
      .object({
        table: text,
        key: z.record(text, text),
        standsIn: z.enum(['both', 'live', 'replay']),
        cells: z.array(z.object({ column: text, live: text.nullable(), replayed: text.nullable() })),
      })
      .nullable()
      .meta({ description: 'The row of a read model that differs, with the columns that do.' }),
  }),
);
export type FoundProblem = ViewOf<typeof FoundProblem>;

/**
 * `findings` of a verification: the first bad position and what is damaged of the file; of a replay: the rows
 * that differ. `problems` are their English sentences.
 */
export const AuditFinding = shape(
  'AuditFinding',
  z.object({
    ok: z.boolean(),
    events: count,
    problems: z.array(text),
    findings: z.array(FoundProblem),
    head: text,
  }),
);
export type AuditFinding = ViewOf<typeof AuditFinding>;
