/** One field that is not the same in the live books and in those built again. */
export interface Differing {
  readonly table: string;
  readonly row: string;
  readonly field: string;
  /** null: there is no such row. */
  readonly live: string | null;
  readonly replayed: string | null;
}

const ROW = /^(\S+) (.+?): (.+)$/;
const FIELD = /^(\S+) (.*) \/ replay (.*)$/;
const BALANCE = /^(\S+): (posted|receivable) as of \S+ is (\S+), the replay gives (\S+)$/;

/**
 * What a replay says of a row, field by field: `calls position=5: net 8 / replay 9`. What is not of this form
 * stands as it is.
 */
export function differencesIn(problem: string): readonly Differing[] {
  const balance = BALANCE.exec(problem);
  if (balance) {
    const [, row = '', field = '', live = '', replayed = ''] = balance;
    return [{ table: 'wallets', row, field, live, replayed }];
  }
  const [, table = '', row = '', said = ''] = ROW.exec(problem) ?? [];
  if (said === 'not in the replay') return [{ table, row, field: '', live: '', replayed: null }];
  if (said === 'only in the replay') return [{ table, row, field: '', live: null, replayed: '' }];
  const fields = said.split(', ').map(part => FIELD.exec(part));
  if (said === '' || fields.some(found => found === null))
    return [{ table: '', row: problem, field: '', live: '', replayed: '' }];
  return fields.map(found => {
    const [, field = '', live = '', replayed = ''] = found ?? [];
    return { table, row, field, live, replayed };
  });
}
