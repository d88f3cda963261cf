import { type RawBuilder, sql } from 'kysely';

/**
 * A condition: the column holds the text somewhere, upper and lower case of A-Z alike, `%` and `_` as they
 * are. Only these letters, as SQLite's LIKE and both dialects' lower() over byte order do.
 */
export function holdsText(column: string, text: string): RawBuilder<boolean> {
  const escaped = text.replace(/[!%_]/g, found => `!${found}`);
  const part = `%${escaped.replace(/[A-Z]/g, letter => letter.toLowerCase())}%`;
  // SQLite knows no escape character unless one is named.
  return sql<boolean>`lower(${sql.ref(column)}) like ${part} escape '!'`;
}
