import { z } from 'zod';
import { LOGIN_LEVELS, ROLES, STAFF_ROLES } from '#identity';
import { said } from '#runtime';
import { count, shape, text, time } from './shapes.js';

// What the API answers about accounts, wallets, calls, files and keys. A spec compares it with what the
// product really gives.

export const Problem = shape(
  'Problem',
  z
    .object({
      type: text,
      title: text,
      status: count,
      code: text,
      detail: text,
      detailJa: text.meta({ description: 'The same in Japanese.' }),
      field: text.optional(),
      errors: z.array(z.object({ field: text, problem: text, ...said })).optional(),
      moreErrors: z
        .int()
        .optional()
        .meta({ description: 'Problems beyond `errors`, which names the first ones.' }),
      details: z.record(text, text).optional(),
    })
    .meta({ description: 'RFC 9457 problem details.' }),
);
export const Unchanged = shape(
  'Unchanged',
  z
    .object({ unchanged: z.literal(true), code: text, reason: text, reasonJa: text })
    .meta({ description: 'What was asked is so already; nothing happened.' }),
);
export const Me = shape(
  'Me',
  z.object({
    key: text.nullable().meta({ description: 'Null for a session.' }),
    role: z.enum([...ROLES, ...STAFF_ROLES]),
    level: z.enum(LOGIN_LEVELS),
    account: text.nullable(),
    label: text,
    now: time,
  }),
);
