import { Instant } from '#kernel';
import type { CdrFormat } from '#rating';

/** What can be told of a line that is no call record as a whole. */
export interface UnreadLine {
  readonly account: string | null;
  readonly startedAt: Instant | null;
}

const NOTHING: UnreadLine = { account: null, startedAt: null };

function instantOf(text: string): Instant | null {
  try {
    return Instant.parse(text.trim());
  } catch {
    return null;
  }
}

/** One bad field does not hide the others: the cut is as the header says, quotation marks are taken off. */
function ofCsv(raw: string, header: string): UnreadLine {
  const cut = (line: string): string[] => line.split(',').map(field => field.trim().replace(/^"|"$/g, ''));
  const names = cut(header.replace(/^\uFEFF/, ''));
  const fields = cut(raw);
  // A line of other fields than the header names says nothing at their places.
  if (fields.length !== names.length) return NOTHING;
  const field = (name: string): string => fields[names.indexOf(name)] ?? '';
  const account = field('account');
  return {
    account: /^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/.test(account) ? account : null,
    startedAt: instantOf(field('start')),
  };
}

function ofFreeswitch(raw: string): UnreadLine {
  const found = /"start_uepoch"\s*:\s*"?(\d{13,16})/.exec(raw)?.[1];
  if (found === undefined) return NOTHING;
  const at = Number.parseInt(found.slice(0, -3), 10);
  return { account: null, startedAt: at < 7_258_118_400_000 ? Instant.fromEpochMs(at) : null };
}

/** Whose and when an unreadable line is, as far as that can be told. */
export function monthOfUnread(raw: string, format: CdrFormat, header: string | null): UnreadLine {
  return format === 'csv' ? ofCsv(raw, header ?? '') : ofFreeswitch(raw);
}
