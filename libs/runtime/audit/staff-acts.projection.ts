import { column, Instant, projection, table } from '#kernel';
import { STORED_TYPES } from '../engine/codecs.js';

/** Signed-in people and keys; jobs, imports by timers and visitors are nobody's acts. */
const PERSON = /^(staff|login|key):(.+)$/;
/** How the correlation of a session's commands begins. */
const SESSION = /^session-([0-9a-f]{24})\//;

const actsTable = table({
  name: 'staff_acts',
  columns: {
    correlation: 'text',
    type: 'text',
    position: 'integer',
    at: column.integer<Instant>(),
    actor: 'text',
    login: 'text?',
    session: 'text?',
    reason: 'text?',
    stream: 'text',
    events: 'integer',
  },
  key: ['correlation', 'type'],
  indexes: [['position'], ['actor', 'position']],
});

/**
 * Who did what, why, from where and when: of one request all events of one type are one row, so that an
 * import of ten thousand calls is one act.
 */
export const staffActs = projection({
  name: 'staff-acts',
  version: 1,
  tables: [actsTable],
  /** All but what follows by itself from another event, or tells how a sign-in went. */
  handles: [...STORED_TYPES.values()].filter(({ act }) => act).map(({ type }) => type),
  concerns: meta => PERSON.test(meta.actor),
  apply({ position, stream, type, meta }, rows) {
    const [, kind, who] = PERSON.exec(meta.actor) ?? [];
    if (kind === undefined || who === undefined) return;
    const set = {
      position,
      stream,
      at: Instant.parse(meta.recordedAt),
      actor: meta.actor,
      login: kind === 'key' ? null : who,
      session: SESSION.exec(meta.correlationId)?.[1] ?? null,
      reason: meta.reason ?? null,
    };
    rows.merge('staff_acts', { correlation: meta.correlationId, type }, { set, add: { events: 1 } });
  },
});
