import { z } from 'zod';
import { ROLES } from '#identity';
import { accountText, shape, text, time, type ViewOf } from '../engine/shapes.js';

export const ApiKey = shape(
  'ApiKey',
  z.object({
    key: text,
    role: z.enum(ROLES),
    account: accountText.nullable(),
    label: text,
    createdAt: time,
    revokedAt: time.nullable(),
  }),
);
export type KeyView = ViewOf<typeof ApiKey>;
export const NewApiKey = shape(
  'NewApiKey',
  z.object({
    ...ApiKey.shape,
    token: text.meta({ description: 'Shown once and nowhere else.' }),
  }),
);
export type NewKeyView = ViewOf<typeof NewApiKey>;
