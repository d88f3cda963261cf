import type { Choices } from './choices.js';
import { isAmount, plainAmount } from './money-text.js';

export interface SearchField {
  /** As the API calls it; it stands in the address under the same name. `from` and `to` are a range. */
  readonly name: string;
  readonly label: string;
  /** `time` is a day and a time in Japan (`2026-10-05T12:01`), `amount` is yen; text without it. */
  readonly type?: 'text' | 'tel' | 'date' | 'month' | 'time' | 'amount';
  /** One of these instead of text; the first is "any" with an empty value. */
  readonly choices?: Choices;
  /** Texts that may be meant. */
  readonly suggestions?: Choices;
  readonly onType?: (text: string) => void;
}

/** What is searched for, by the names of the fields; empty where nothing is. */
export type Asked = Readonly<Record<string, string>>;

/** The address, else what is usual; a choice that there is not is none. */
export const askedIn = (
  fields: readonly SearchField[],
  search: Readonly<Record<string, string | undefined>>,
  usual: Asked = {},
): Asked =>
  Object.fromEntries(
    fields.map(({ name, choices }) => {
      const value = search[name] ?? usual[name] ?? '';
      return [name, choices && !choices.some(([one]) => one === value) ? '' : value];
    }),
  );

/** What was typed, as the API takes it. */
export const given = (fields: readonly SearchField[], typed: (name: string) => string): Asked =>
  Object.fromEntries(
    fields.map(({ name, type }) => {
      const text = typed(name).trim();
      return [name, type === 'amount' ? plainAmount(text) : text];
    }),
  );

export type Wrong = { readonly name: string; readonly text: 'turned' | 'badAmount' } | null;

/** The first field that cannot be asked for. */
export function wrongIn(fields: readonly SearchField[], given: Asked): Wrong {
  const bad = fields.find(({ name, type }) => type === 'amount' && given[name] && !isAmount(given[name]));
  if (bad) return { name: bad.name, text: 'badAmount' };
  const { from = '', to = '' } = given;
  return from !== '' && to !== '' && from > to ? { name: 'to', text: 'turned' } : null;
}
