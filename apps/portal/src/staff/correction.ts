import type { Asking, BodyOf, Schemas } from '../api/client.js';
import { inJapan } from '../ui/time-text.js';

// A correction as it is typed in: what its form begins with, and what of that differs from the record.

type Route = '/api/v1/accounts/{account}/corrections';
export type Preview = Schemas['CorrectionPreview'];

export const FIELDS = ['direction', 'number', 'from', 'to', 'startedAt', 'answeredAt', 'endedAt'] as const;
export type FieldName = (typeof FIELDS)[number];
/** As the form has them; the API's names, so that its problems find their fields. */
export interface Values extends Record<FieldName, string> {
  direction: Preview['direction'];
  answered: 'yes' | 'no';
}
/** As the API takes them. */
type Changes = Pick<BodyOf<'POST', Route>, FieldName>;

/** `2026-10-10T10:02:00.000` of a form, in Japan. */
const LOCAL = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/;
const two = (text: string): string => text.padStart(2, '0');

/** As people write a time: `2026/10/05 12:01:30`, read as of Japan. */
const shown = (time: string): string =>
  inJapan(time)
    .replaceAll('-', '/')
    .replace('T', ' ')
    .replace(/\.000$/, '');

function instantOf(written: string): string {
  const found = LOCAL.exec(written.normalize('NFKC').trim());
  if (!found) return written;
  const [, year, month, day, hour, minute, second = '00', rest = '.'] = found;
  return `${year}-${two(month!)}-${two(day!)}T${two(hour!)}:${minute}:${second}${rest.padEnd(4, '0')}+09:00`;
}

export const valuesOf = (of: Preview): Values => ({
  ...{ direction: of.direction, number: of.number, from: of.from, to: of.to },
  ...{ startedAt: shown(of.startedAt), endedAt: shown(of.endedAt) },
  answered: of.answeredAt === null ? 'no' : 'yes',
  answeredAt: of.answeredAt === null ? '' : shown(of.answeredAt),
});

/** What differs from the record; nothing else is in it. */
export function changesOf(of: Preview, values: Values): Changes {
  const before = valuesOf(of);
  const text = (name: FieldName): string | undefined => {
    const value = values[name].trim();
    return value === before[name] ? undefined : value;
  };
  const time = (name: FieldName): string | undefined => {
    const value = text(name);
    return value === undefined ? undefined : instantOf(value);
  };
  const answeredAt =
    values.answered === 'yes' ? time('answeredAt') : of.answeredAt === null ? undefined : null;
  const changes: Changes = {
    direction: values.direction === of.direction ? undefined : values.direction,
    ...{ number: text('number'), from: text('from'), to: text('to') },
    ...{ startedAt: time('startedAt'), endedAt: time('endedAt'), answeredAt },
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** The question what a correction would cost: a call that nobody answered has `none` as its time. */
export const previewQuery = (call: string, changes: Changes): Asking<Route>['query'] => ({
  ...{ call, ...changes },
  answeredAt: changes.answeredAt === null ? 'none' : changes.answeredAt,
});
