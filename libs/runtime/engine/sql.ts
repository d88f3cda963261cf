import { type Expression, type RawBuilder, sql } from 'kysely';
import { type BusinessDay, DAY_MS, type Instant, JST_OFFSET_MS, numberSymbols, PhoneNumber } from '#kernel';

type TextColumn = Expression<string | null>;

/** `BusinessDay.of` a column. Both dialects divide whole numbers to whole numbers. */
export const businessDayOf = (at: Expression<Instant>): RawBuilder<BusinessDay> =>
  sql<BusinessDay>`(${at} + ${sql.lit(JST_OFFSET_MS)}) / ${sql.lit(DAY_MS)}`;

/**
 * A condition: the column holds the text somewhere, upper and lower case of A-Z alike, `%` and `_` as they
 * are. Only these letters, as SQLite's LIKE and both dialects' lower() over byte order do.
 */
export function holdsText(column: TextColumn, text: string): RawBuilder<boolean> {
  const escaped = text.replace(/[!%_]/g, found => `!${found}`);
  const part = `%${escaped.replace(/[A-Z]/g, letter => letter.toLowerCase())}%`;
  // SQLite knows no escape character unless one is named.
  return sql<boolean>`lower(${column}) like ${part} escape '!'`;
}

/**
 * A condition: the column, whose numbers stand in their one form, holds the number or the part of one that is
 * searched for, however it is written; text that is no number (非通知) as `holdsText` finds it.
 */
export function holdsNumber(column: TextColumn, given: string): RawBuilder<boolean> {
  const part = given.trim();
  const symbols = numberSymbols(part);
  if (symbols === null || symbols === '') return holdsText(column, part);
  const begins = PhoneNumber.beginning(symbols);
  const like = (pattern: string) => sql<boolean>`${column} like ${pattern}`;
  // Digits have no case: leaving it be saves a third of the time of a search through a million calls.
  if (begins === null) return like(`%${symbols}%`);
  return sql<boolean>`(${like(`%${symbols}%`)} or ${like(`${begins}%`)})`;
}
