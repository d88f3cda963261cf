import type { Schemas } from '../api/client.js';

/** What protects the own login; no secret is in it. */
export type Security = Schemas['Security'];
export type OwnContact = Schemas['Contact'];
export type Passkey = Schemas['Passkey'];
/** A live session of this login. */
export type LiveSession = Schemas['OwnSession'];

export const SECURITY = ['security'] as const;
export const LIVE = ['live-sessions'] as const;
