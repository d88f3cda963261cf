import {
  BusinessDay,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { DEPOSIT_FORMATS, type DepositFormat, type ReceivingAccount } from '../bank/bank-file.js';

/** The account as one text: bank, branch, kind and number. */
export const accountText = ({ bank, branch, kind, number }: ReceivingAccount): string =>
  `${bank}-${branch}-${kind}-${number}`;

/** One day of one account: it owns which deposits there are. */
export const bankDayStream = (account: ReceivingAccount, day: BusinessDay): string =>
  `bankDay-${dayId(account, day)}`;
const dayId = (account: ReceivingAccount, day: BusinessDay): string =>
  `${accountText(account).replaceAll('-', '')}-${BusinessDay.text(day).replaceAll('-', '')}`;

const listed = {
  deposit: fact.text,
  /** The bank's own number of the day; null where the file has none. */
  number: fact.orNull(fact.text),
  amount: fact.money,
  /** The one form of the payer's name. */
  payer: fact.text,
  isCancellation: fact.flag,
  /** The deposit of another kind of file that looks like this one: maybe both are one. */
  twin: fact.orNull(fact.text),
  /** Of a cancellation: what it takes back; null: nothing of this day. */
  cancels: fact.orNull(fact.text),
};

/**
 * Events of `bankDay-<account>-<day>`: which deposits a bank has told of one account and day. A file that
 * comes again, files that overlap and rows that come again tell nothing new.
 */
export const bankDayEvents = defineEvents(
  { context: 'payments', stream: 'bankDay-<account>-<day>' },
  {
    DepositsListed: event(
      {
        ...{ file: fact.text, format: fact.oneOf(...DEPOSIT_FORMATS) },
        deposits: fact.listOf(fact.record(listed)),
      },
      {
        word: {
          ja: '銀行のファイルにある入金を、口座と日ごとに数えた。',
          en: 'A file of the bank told of deposits of one account and day.',
        },
        sentence: {
          ja: '入金ファイル {file} の新しい入金と取消を数えた。',
          en: 'Deposits and cancellations that are new in file {file} were listed.',
        },
        act: false,
      },
    ),
    CancellationPaired: event(
      { cancellation: fact.text, deposit: fact.text },
      {
        word: {
          ja: '後日の取消が、この日の入金と対になった。',
          en: 'A cancellation of a later day belongs to a deposit of this one.',
        },
        sentence: {
          ja: '取消 {cancellation} は入金 {deposit} のもの。',
          en: 'Cancellation {cancellation} belongs to deposit {deposit}.',
        },
        act: false,
      },
    ),
  },
);
export type BankDayEvent = EventOf<typeof bankDayEvents>;
export type ListedDeposit = Extract<BankDayEvent, { type: 'DepositsListed' }>['deposits'][number];

/** A row of a file, as far as it says which deposit it is. */
export interface TellingRow {
  readonly number: string | null;
  readonly amount: Money;
  readonly payer: string;
  readonly isCancellation: boolean;
}
export type BankDayCommand =
  | {
      readonly type: 'ListDeposits';
      readonly now: Instant;
      readonly file: string;
      readonly format: DepositFormat;
      readonly account: ReceivingAccount;
      readonly day: BusinessDay;
      /** All rows of this account and day, in the order of the file. */
      readonly rows: readonly TellingRow[];
    }
  /** A cancellation of a later day looks for what it takes back. */
  | {
      readonly type: 'PairCancellation';
      readonly now: Instant;
      readonly cancellation: string;
      readonly amount: Money;
      readonly payer: string;
    };

export const bankDayRefusals = defineRefusals({
  NOTHING_TO_CANCEL: {
    status: 409,
    ja: 'この日に、取り消せる入金はありません。',
    en: 'The day has no deposit that this cancellation takes back.',
  },
});

/** Why a command may have nothing to do. */
const bankDayUnchanged = defineUnchanged({
  LISTED_ALREADY: { ja: 'どの入金も、既に取り込まれています。', en: 'all deposits are known already' },
  PAIRED_ALREADY: {
    ja: 'この取消は、既に処理されています。',
    en: 'the cancellation has its deposit already',
  },
});

/** A deposit as its day knows it, and the file that told of it first. */
export interface KnownDeposit extends ListedDeposit {
  readonly format: DepositFormat;
  readonly file: string;
}
export interface BankDayState {
  readonly deposits: Map<string, KnownDeposit>;
  /** By the key of the row, the deposit or cancellation that it is. */
  readonly byKey: Map<string, string>;
  /** By deposit, the cancellation that takes it back. */
  readonly takenBack: Map<string, string>;
}

/** Numbers rows: the n-th of those that look the same, where the bank gives them no number. */
class Keys {
  private readonly seen = new Map<string, number>();
  of(format: DepositFormat, { number, amount, payer, isCancellation }: TellingRow): string {
    const sign = isCancellation ? '-' : '+';
    if (number !== null) return `${format}/${sign}${number}`;
    const alike = `${format}/${sign}${Money.text(amount)}/${payer}`;
    const nth = (this.seen.get(alike) ?? 0) + 1;
    this.seen.set(alike, nth);
    return `${alike}/${nth}`;
  }
}

const likenessOf = ({ amount, payer }: Pick<TellingRow, 'amount' | 'payer'>): string =>
  `${Money.text(amount)}/${payer}`;

/** What one command lists, on top of what the day knows. */
class Listing {
  readonly made: ListedDeposit[] = [];
  /** Deposits by amount and payer, in the order in which they were told. */
  private readonly alike: Map<string, (ListedDeposit & { readonly format: DepositFormat })[]>;
  private readonly twinned: Set<string>;
  private readonly takenBack: Set<string>;

  constructor(
    private readonly state: BankDayState,
    private readonly format: DepositFormat,
    private readonly id: (nth: number) => string,
  ) {
    const known = [...state.deposits.values()];
    this.alike = Map.groupBy(
      known.filter(one => !one.isCancellation),
      likenessOf,
    );
    this.twinned = new Set(known.flatMap(({ twin }) => (twin === null ? [] : [twin])));
    this.takenBack = new Set(state.takenBack.keys());
  }

  add(row: TellingRow): void {
    const deposit = this.id(this.state.deposits.size + this.made.length + 1);
    const { number, amount, payer, isCancellation } = row;
    const twin = isCancellation ? undefined : this.twinOf(row);
    if (twin !== undefined) this.twinned.add(twin);
    const cancels = isCancellation ? this.originalOf(row) : undefined;
    if (cancels !== undefined) this.takenBack.add(cancels);
    const found = { twin: twin ?? null, cancels: cancels ?? null };
    const made = { deposit, number, amount, payer, isCancellation, ...found };
    this.made.push(made);
    if (isCancellation) return;
    const likeness = likenessOf(row);
    const { format } = this;
    this.alike.set(likeness, [...(this.alike.get(likeness) ?? []), { ...made, format }]);
  }

  private twinOf(row: TellingRow): string | undefined {
    const free = ({ format, deposit }: { format: DepositFormat; deposit: string }): boolean =>
      format !== this.format && !this.twinned.has(deposit);
    const alike = (this.alike.get(likenessOf(row)) ?? []).find(free);
    return (alike ?? this.byHand(row).find(free))?.deposit;
  }

  /** Who writes a deposit down writes a name in his own way: the same amount may be the same deposit. */
  private byHand({ amount }: TellingRow) {
    const isManual = this.format === 'manual';
    return [...this.alike.values()].flat().filter(one => {
      return one.amount === amount && (isManual || one.format === 'manual');
    });
  }

  /** The deposit of the same number, else one that looks like it and is not taken back. */
  private originalOf(row: TellingRow): string | undefined {
    const alike = this.alike.get(likenessOf(row)) ?? [];
    const free = alike.filter(one => !this.takenBack.has(one.deposit));
    const sameNumber = row.number === null ? undefined : free.find(({ number }) => number === row.number);
    return (sameNumber ?? free[0])?.deposit;
  }
}

type Decision = Outcome<BankDayEvent, keyof typeof bankDayRefusals>;
type Of<Type extends BankDayCommand['type']> = Extract<BankDayCommand, { type: Type }>;

function list(command: Of<'ListDeposits'>, state: BankDayState): Decision {
  const { now: at, file, format, account, day, rows } = command;
  const keys = new Keys();
  const told = new Set(state.byKey.keys());
  const fresh = rows.filter(row => {
    const key = keys.of(format, row);
    return !told.has(key) && told.add(key);
  });
  if (fresh.length === 0) return nothing(bankDayUnchanged.LISTED_ALREADY);
  const listing = new Listing(state, format, nth => `${dayId(account, day)}-${nth}`);
  // What is taken back may stand behind its cancellation.
  for (const row of fresh) if (!row.isCancellation) listing.add(row);
  for (const row of fresh) if (row.isCancellation) listing.add(row);
  return happened<BankDayEvent>({ type: 'DepositsListed', at, file, format, deposits: listing.made });
}

function pair(command: Of<'PairCancellation'>, state: BankDayState): Decision {
  const { now: at, cancellation } = command;
  if ([...state.takenBack.values()].includes(cancellation)) return nothing(bankDayUnchanged.PAIRED_ALREADY);
  const likeness = likenessOf(command);
  const free = [...state.deposits.values()].find(
    one => !one.isCancellation && likenessOf(one) === likeness && !state.takenBack.has(one.deposit),
  );
  if (!free) return rejected(bankDayRefusals.NOTHING_TO_CANCEL);
  return happened<BankDayEvent>({ type: 'CancellationPaired', at, cancellation, deposit: free.deposit });
}

/** The deposits that rows are, in their order; undefined: the row is not listed. */
export function depositsOf(
  { byKey, deposits }: BankDayState,
  format: DepositFormat,
  rows: readonly TellingRow[],
): (KnownDeposit | undefined)[] {
  const keys = new Keys();
  return rows.map(row => deposits.get(byKey.get(keys.of(format, row)) ?? ''));
}

export const bankDay: Decider<BankDayCommand, BankDayEvent, BankDayState, keyof typeof bankDayRefusals> = {
  name: 'bankDay',
  fresh: () => ({ deposits: new Map(), byKey: new Map(), takenBack: new Map() }),
  decide: (command, state) => (command.type === 'ListDeposits' ? list(command, state) : pair(command, state)),
  evolve(state, e) {
    if (e.type === 'CancellationPaired') {
      state.takenBack.set(e.deposit, e.cancellation);
      return state;
    }
    for (const one of e.deposits) {
      const key = keyAmong(state, e.format, one);
      state.deposits.set(one.deposit, { ...one, format: e.format, file: e.file });
      state.byKey.set(key, one.deposit);
      if (one.cancels !== null) state.takenBack.set(one.cancels, one.deposit);
    }
    return state;
  },
};

/** The key of the next one that looks like this. */
function keyAmong({ byKey }: BankDayState, format: DepositFormat, row: TellingRow): string {
  const keys = new Keys();
  let key = keys.of(format, row);
  while (row.number === null && byKey.has(key)) key = keys.of(format, row);
  return key;
}
