import type { Schemas } from './client.js';

/** Who is signed in, how far, and what they look at. */
export type Session = Schemas['Session'];
export type Level = Session['level'];
export type Role = Session['role'];
export type Language = Session['language'];
export type SentCode = Schemas['SentCode'];

/** Whose pages are shown: a level of customers, or one of the two sides of the provider. */
export type Face = 'account' | 'circle' | 'unique' | 'staff' | 'auditor';

/** The face of a session: that of the lower level that was entered, else its own. */
export function faceOf(session: Session): Face {
  const { viewing } = session;
  if (viewing) return viewing.unique !== null ? 'unique' : viewing.circle !== null ? 'circle' : 'account';
  if (session.level !== 'staff') return session.level;
  return session.role === 'auditor' ? 'auditor' : 'staff';
}
