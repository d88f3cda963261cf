import fc from 'fast-check';
import { Money, type Projection, type Row, type RowSink } from '#kernel';
import { closingBalance, type WalletEvent, walletEvents, walletStream } from '#ledger';
import { PROJECTIONS } from '#runtime';
import { Asker, type Intent, intents } from '../support/wallet-intents.js';
import { A1, month, open, WalletStory } from '../support/wallets.js';

const [prepaid, calls, journal] = ['prepaid', 'calls', 'journal'].map(
  name => PROJECTIONS.find(one => one.name === name)!,
) as [Projection, Projection, Projection];

/** Rows in memory, by table and key as the projection names them. */
class Rows implements RowSink {
  readonly tables = new Map<string, Map<string, Record<string, Row[string]>>>();

  constructor(private readonly projection: Projection) {}

  private table(name: string) {
    const found = this.tables.get(name) ?? new Map<string, Record<string, Row[string]>>();
    this.tables.set(name, found);
    return found;
  }

  private keyOf(table: string, row: Row): string {
    const spec = this.projection.tables.find(({ name }) => name === table);
    return JSON.stringify(spec?.key.map(column => row[column]));
  }

  insert(table: string, row: Row): void {
    const key = this.keyOf(table, row);
    if (this.table(table).has(key)) throw new Error(`a second row ${key} in ${table}`);
    this.table(table).set(key, { ...row });
  }

  merge(table: string, key: Row, change: Parameters<RowSink['merge']>[2]): void {
    const id = this.keyOf(table, key);
    const row = this.table(table).get(id) ?? { ...key };
    Object.assign(row, change.set);
    for (const [column, by] of Object.entries(change.add ?? {})) {
      row[column] = ((row[column] as number | undefined) ?? 0) + Number(by);
    }
    this.table(table).set(id, row);
  }

  remove(table: string, key: Row): void {
    this.table(table).delete(this.keyOf(table, key));
  }

  all(table: string): Record<string, Row[string]>[] {
    return [...this.table(table).values()];
  }
}

const META = {
  occurredAt: '',
  recordedAt: '',
  actor: 'test',
  commandId: 'c',
  correlationId: 'c',
  bodyHash: '',
};

function project(projection: Projection, events: readonly WalletEvent[]): Rows {
  const rows = new Rows(projection);
  const stream = walletStream(A1, month('2099-12'));
  events.forEach((event, i) => {
    const { type } = walletEvents.codec.encode(event);
    if (!projection.handles.includes(type)) return;
    projection.apply({ position: i + 1, stream, revision: i, type, event, meta: META }, rows);
  });
  return rows;
}

interface Move {
  readonly position: number;
  readonly amount: number;
  readonly net: number | null;
  readonly tax: number | null;
  readonly gross: number | null;
  readonly owed: number;
  readonly unreturned: number;
}

/** The history as it is read: its own rows and the charged calls, oldest first. */
function movesOf(events: readonly WalletEvent[]): Move[] {
  const charged = project(calls, events)
    .all('calls')
    .map(row => {
      const [net, tax, drawn] = [row['net'], row['tax'], row['drawn']] as [number, number, number];
      const costs = { net, tax, gross: net + tax, owed: net + tax - drawn, unreturned: 0 };
      return { position: row['position'] as number, amount: -drawn, ...costs };
    });
  const moves = project(prepaid, events).all('prepaid_history') as unknown as Move[];
  return [...moves, ...charged].sort((a, b) => a.position - b.position);
}

describe('read models of a wallet, after any story', () => {
  const everyStory = (check: (story: WalletStory) => void): void => {
    const told = (list: readonly Intent[]): void => {
      const story = new WalletStory().all(open());
      const asker = new Asker(story);
      for (const intent of list) story.tell(asker.command(intent));
      check(story);
    };
    fc.assert(fc.property(intents, told), { numRuns: 200 });
  };
  const booksOf = ({ state }: WalletStory) => {
    if (state.phase !== 'open') throw new Error('not open');
    return closingBalance(state);
  };

  it('say of each lot, and of all, what the wallet itself says', () =>
    everyStory(story => {
      const { lots, receivable, suspendedSince } = booksOf(story);
      const rows = project(prepaid, story.events);
      const left = rows.all('lots').filter(row => row['remaining'] !== 0);
      const posted = lots.filter(lot => lot.posted > 0);
      expect(new Map(left.map(row => [row['lot'], row['remaining']]))).toEqual(
        new Map(posted.map(lot => [lot.id, lot.posted])),
      );
      const sum = Money.sum(posted.map(lot => lot.posted));
      expect(rows.all('wallets')).toEqual([
        expect.objectContaining({ posted: sum, receivable, suspended_since: suspendedSince ?? null }),
      ]);
    }));

  it('the history and the calls add up to what is posted and what is owed, row by row', () =>
    everyStory(story => {
      const { lots, receivable } = booksOf(story);
      const sums = { posted: 0, owed: 0 };
      for (const row of movesOf(story.events)) {
        sums.posted += row.amount;
        sums.owed += row.owed;
        expect(sums.posted).toBeGreaterThanOrEqual(0);
        expect(sums.owed).toBeGreaterThanOrEqual(0);
        expect(row.unreturned).toBeGreaterThanOrEqual(0);
        // What it cost is what funds covered and what stays owed, and nothing else.
        if (row.gross !== null) expect(row.gross + row.unreturned).toBe(row.owed - row.amount);
        if (row.net !== null) expect(row.net + (row.tax ?? 0)).toBe(row.gross);
      }
      expect(sums).toEqual({ posted: Money.sum(lots.map(lot => lot.posted)), owed: receivable });
    }));

  it('keep a trial balance of zero whose liabilities are the lots', () =>
    everyStory(story => {
      const { lots, receivable } = booksOf(story);
      const rows = project(journal, story.events).all('journal_balances');
      const net = (account: RegExp) =>
        rows
          .filter(row => account.test(String(row['ledger_account'])))
          .reduce((sum, row) => sum + (row['debit'] as number) - (row['credit'] as number), 0);
      expect(net(/./)).toBe(0);
      expect(net(/^prepaid_liability:/)).toBe(Money.negate(Money.sum(lots.map(lot => lot.posted))));
      expect(net(/^receivable$/)).toBe(receivable);
    }));
});
