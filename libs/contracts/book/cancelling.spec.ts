import { BusinessDay, Instant } from '#kernel';
import { specOf } from '#testing';
import {
  A1,
  at,
  bought,
  CHANNEL,
  CIRCLE,
  cancel,
  complete,
  FAX,
  FAX_CHANNEL,
  item,
  NUMBER,
  OLD_TERMS,
  OPTION,
  place,
  reductionOn,
  TERMS,
  TRUNK,
  UNIQUE,
  undo,
} from './book.fixture.js';
import { type ContractCommand, contractBook } from './book.js';
import { contractsOn, isInContract } from './book.state.js';
import type { CancellationTerms } from './cancelling.js';

const { givenCommands } = specOf(contractBook);
const long = '2023-01-10 10:00:00';
const everything = [
  item(UNIQUE, 2),
  item(NUMBER, 1, ['0312345678']),
  item(OPTION),
  item(TRUNK),
  item(CHANNEL, 4),
  item(FAX),
  item(FAX_CHANNEL),
];
/** The contracts of `everything`, by what they are. */
const ID = {
  unique: 'o1-01',
  number: 'o1-03',
  option: 'o1-04',
  trunk: 'o1-05',
  channel: 'o1-06',
  fax: 'o1-11',
};
const ALL = Object.values(ID);
const customer = givenCommands(...bought(long, everything));
const day = (text: string) => BusinessDay.parse(text);

const endOf = (when: string, contract: string, terms: CancellationTerms = TERMS): string => {
  const { outcome } = customer.when(cancel(when, [contract], terms));
  if (outcome.kind !== 'events') throw new Error(JSON.stringify(outcome));
  const [event] = outcome.events;
  return event?.type === 'CancellationAccepted' ? BusinessDay.text(event.endsOn) : '';
};

describe('a cancellation', () => {
  it.each([
    ['CN-01', ID.unique, '2025-01-15 10:00:00', '2025-02-28'],
    ['CN-02', ID.unique, '2025-01-31 21:59:59', '2025-02-28'],
    ['CN-03', ID.unique, '2025-01-31 22:00:00.000', '2025-02-28'],
    ['CN-04', ID.unique, '2025-01-31 22:00:00.001', '2025-03-31'],
    ['CN-05', ID.unique, '2025-01-31 22:00:01', '2025-03-31'],
    ['CN-06', ID.number, '2025-01-31 21:59:59', '2025-02-28'],
    ['CN-07', ID.number, '2025-01-31 22:00:01', '2025-03-31'],
    ['CN-08', ID.unique, '2025-02-28 21:59:59', '2025-03-31'],
    ['CN-09', ID.unique, '2025-02-28 22:00:01', '2025-04-30'],
    ['CN-10', ID.unique, '2024-02-28 23:30:00', '2024-03-31'],
    ['CN-11', ID.unique, '2024-02-29 21:59:59', '2024-03-31'],
    ['CN-12', ID.unique, '2024-02-29 22:00:01', '2024-04-30'],
    ['CN-13', ID.unique, '2024-01-31 21:00:00', '2024-02-29'],
    ['CN-14', ID.unique, '2023-12-31 22:00:01', '2024-02-29'],
    ['CN-15', ID.option, '2025-12-31 21:00:00', '2026-01-31'],
    ['CN-16', ID.option, '2025-12-31 22:00:01', '2026-02-28'],
    ['CN-17', ID.fax, '2024-11-20 12:00:00', '2024-12-31'],
    ['CN-18', ID.channel, '2025-04-30 22:00:01', '2025-06-30'],
    ['CN-21', ID.unique, '2025-01-31T13:00:00.000Z', '2025-02-28'],
    ['CN-22', ID.unique, '2025-01-31T15:30:00.000Z', '2025-03-31'],
    ['CN-26', ID.trunk, '2025-05-10 10:00:00', '2025-06-30'],
  ])('%s: of %s at %s ends it on %s', (_, contract, when, ends) => expect(endOf(when, contract)).toBe(ends));

  it.each([
    ['CN-06', ID.number, '2025-01-31 21:59:59', '2025-01-31'],
    ['CN-07', ID.number, '2025-01-31 22:00:01', '2025-02-28'],
    ['CN-15', ID.option, '2025-12-31 21:00:00', '2025-12-31'],
    ['CN-16', ID.option, '2025-12-31 22:00:01', '2026-01-31'],
    ['CN-18', ID.channel, '2025-04-30 22:00:01', '2025-05-31'],
  ])(
    '%s: of %s at %s ends it on %s where the policy of its kind says this month',
    (_, contract, when, ends) => expect(endOf(when, contract, OLD_TERMS)).toBe(ends),
  );

  it('follows the rule of a product before that of its kind', () => {
    const ofProduct = new Map([[UNIQUE.code, 'end_of_current_month' as const]]);
    const terms = { ...TERMS, ofProduct };
    expect(endOf('2025-01-15 10:00:00', ID.unique, terms)).toBe('2025-01-31');
    const { state } = givenCommands(
      ...bought(long, everything),
      cancel('2025-01-15 10:00:00', [ID.unique, ID.option], terms),
    );
    expect([ID.unique, ID.option].map(id => state.contracts.get(id)?.ending?.policy)).toEqual([
      `${TERMS.policy} standard@1/unique.extension=end_of_current_month`,
      TERMS.policy,
    ]);
  });

  it('as a whole keeps the policies that gave its day, whatever its contracts alone go by', () => {
    const ofProduct = new Map([[UNIQUE.code, 'end_of_next_month' as const]]);
    const whole = { now: at('2025-01-15 10:00:00'), account: A1, terms: { ...TERMS, ofProduct } } as const;
    const events = (command: ContractCommand) => {
      const { outcome } = customer.when(command);
      return outcome.kind === 'events' ? outcome.events : [];
    };
    for (const command of [
      { type: 'CancelCircle', circle: CIRCLE, ...whole } as const,
      { type: 'CancelAccount', ...whole } as const,
    ]) {
      const policies = events(command).map(event => 'policy' in event && event.policy);
      expect(policies).toEqual(Array(events(command).length).fill(TERMS.policy));
      expect(policies.length).toBeGreaterThan(10);
    }
  });

  it('keeps the policies with their versions, and how long it can be undone', () =>
    customer.when(cancel('2025-01-15 10:00:00', [ID.unique])).then({
      type: 'CancellationAccepted',
      at: at('2025-01-15 10:00:00'),
      account: A1,
      contract: ID.unique,
      endsOn: day('2025-02-28'),
      undoUntil: Instant.parse('2025-02-28T22:00:00.000+09:00'),
      policy: TERMS.policy,
      endsWith: 'contract',
    }));

  it('CN-26: of a trunk leaves its channels in contract', () => {
    const { state } = givenCommands(...bought(long, everything), cancel('2025-05-10 10:00:00', [ID.trunk]));
    const july = contractsOn(state, day('2025-07-01'));
    expect(july.filter(({ kind }) => kind === 'trunk_channel')).toHaveLength(4);
    expect(july.some(({ kind }) => kind === 'trunk')).toBe(false);
  });

  it.each([
    ['2025-01-31 22:00:00.000', '2025-02-28'],
    ['2025-01-31 22:00:00.001', '2025-03-31'],
  ])('of an order of %s ends with %s, however long the order takes', (when, ends) => {
    const placed = place(when, [], { order: 'o2', cancels: [ID.unique] });
    const { state } = givenCommands(
      ...bought(long, everything),
      placed,
      complete('2025-01-31 23:00:00', 'o2'),
    );
    expect(BusinessDay.text(state.contracts.get(ID.unique)!.ending!.endsOn)).toBe(ends);
  });

  it('leaves a contract in force through its last day', () => {
    const { state } = givenCommands(...bought(long, everything), cancel('2025-01-15 10:00:00', [ID.unique]));
    const contract = state.contracts.get(ID.unique)!;
    expect([day('2025-02-28'), day('2025-03-01')].map(on => isInContract(contract, on))).toEqual([
      true,
      false,
    ]);
  });

  it('asked again changes nothing, and refuses what is over or was never there', () => {
    const cancelled = givenCommands(...bought(long, everything), cancel('2025-01-15 10:00:00', [ID.unique]));
    cancelled.when(cancel('2025-01-16 10:00:00', [ID.unique])).thenNothing();
    cancelled
      .when(cancel('2025-03-01 00:00:00', [ID.unique]))
      .thenRejected('CONTRACT_ENDED', { contract: ID.unique, endsOn: '2025-02-28' });
    cancelled.when(cancel('2025-01-16 10:00:00', ['o9-01'])).thenRejected('NO_SUCH_CONTRACT');
  });
});

describe('the undo of a cancellation', () => {
  const both = [...bought(long, everything), cancel('2025-01-10 10:00:00', [ID.unique, ID.number])];

  it('CN-23: of a unique takes back that of its number too', () => {
    const { state } = givenCommands(...both, undo('2025-01-20 10:00:00', [ID.unique], [ID.number]));
    expect([ID.unique, ID.number].map(id => state.contracts.get(id)?.ending)).toEqual([null, null]);
  });

  it('CN-24: of the number alone leaves that of the unique', () => {
    const { state } = givenCommands(...both, undo('2025-01-20 10:00:00', [ID.number]));
    expect(state.contracts.get(ID.number)?.ending).toBeNull();
    expect(state.contracts.get(ID.unique)?.ending?.endsOn).toBe(day('2025-02-28'));
  });

  it('leaves beside it what was not cancelled', () =>
    givenCommands(...bought(long, everything), cancel('2025-01-10 10:00:00', [ID.unique]))
      .when(undo('2025-01-20 10:00:00', [ID.unique], [ID.number]))
      .then({ type: 'CancellationUndone', at: at('2025-01-20 10:00:00'), account: A1, contract: ID.unique }));

  it.each([
    ['CN-25', '2025-02-28 22:00:01'],
    ['CN-25 to the millisecond', '2025-02-28 22:00:00.001'],
  ])('%s: is refused at %s', (_, when) => {
    const cancelled = givenCommands(...bought(long, everything), cancel('2025-01-15 10:00:00', [ID.unique]));
    cancelled.when(undo(when, [ID.unique])).thenRejected('UNDO_TOO_LATE');
    cancelled.when(undo('2025-02-28 22:00:00.000', [ID.unique])).then({
      type: 'CancellationUndone',
      at: at('2025-02-28 22:00:00.000'),
      account: A1,
      contract: ID.unique,
    });
  });

  it('of what is not cancelled is nothing', () =>
    customer.when(undo('2025-01-20 10:00:00', [ID.unique])).thenNothing());
});

describe('the cancellation of a circle', () => {
  const cancelCircle = (when: string, terms = TERMS) =>
    ({ type: 'CancelCircle', now: at(when), account: A1, circle: CIRCLE, terms }) as const;
  const endings = (when: string, terms = TERMS) => {
    const { state } = givenCommands(...bought(long, everything), cancelCircle(when, terms));
    return new Set([...state.contracts.values()].map(({ ending }) => BusinessDay.text(ending!.endsOn)));
  };

  it('CN-19: ends everything in it together, with the month of the application', () => {
    expect(endings('2025-06-30 21:00:00')).toEqual(new Set(['2025-06-30']));
    expect(endings('2025-06-30 22:00:01')).toEqual(new Set(['2025-07-31']));
    const nextMonth = { ...TERMS, endWithMonth: new Set<string>() };
    expect(endings('2025-06-30 21:00:00', nextMonth)).toEqual(new Set(['2025-07-31']));
  });

  it('leaves what ends before it as it is, and can be undone as a whole', () => {
    const before = [...bought(long, everything), cancel('2025-05-10 10:00:00', [ID.trunk])];
    const cancelled = [...before, cancelCircle('2025-07-10 10:00:00')];
    const { state } = givenCommands(...cancelled);
    expect(BusinessDay.text(state.contracts.get(ID.trunk)!.ending!.endsOn)).toBe('2025-06-30');
    const undone = {
      type: 'UndoCircleCancellation',
      now: at('2025-07-31 22:00:00.000'),
      cutOffMs: TERMS.cutOffMs,
      circle: CIRCLE,
    } as const;
    const after = givenCommands(...cancelled, undone).state;
    expect(contractsOn(after, day('2025-08-01')).map(({ contract }) => contract)).toEqual(
      [...after.contracts.keys()].filter(id => id !== ID.trunk),
    );
    const late = { ...undone, now: at('2025-07-31 22:00:00.001') };
    givenCommands(...cancelled)
      .when(late)
      .thenRejected('UNDO_TOO_LATE');
  });

  it('takes the place of a later end of its own, which holds again when the circle goes on', () => {
    const own = cancel('2025-07-05 10:00:00', [ID.unique]);
    const first = givenCommands(...bought(long, everything), own);
    const ending = first.state.contracts.get(ID.unique)!.ending!;
    expect(BusinessDay.text(ending.endsOn)).toBe('2025-08-31');
    const ends = givenCommands(...bought(long, everything), own, cancelCircle('2025-07-10 10:00:00'));
    expect(BusinessDay.text(ends.state.contracts.get(ID.unique)!.ending!.endsOn)).toBe('2025-07-31');
    const now = at('2025-07-12 10:00:00');
    const undone = { type: 'UndoCircleCancellation', now, cutOffMs: TERMS.cutOffMs, circle: CIRCLE } as const;
    const { state } = givenCommands(
      ...bought(long, everything),
      own,
      cancelCircle('2025-07-10 10:00:00'),
      undone,
    );
    expect(state.contracts.get(ID.unique)!.ending).toEqual({ ...ending, requestedAt: now });
    expect([...state.contracts.values()].filter(one => one.ending !== null)).toHaveLength(1);
  });
});

describe('an undo inside of what is cancelled as a whole', () => {
  const circleUndo = (when: string) =>
    ({ type: 'UndoCircleCancellation', now: at(when), circle: CIRCLE, cutOffMs: TERMS.cutOffMs }) as const;
  const circle = {
    type: 'CancelCircle',
    now: at('2025-07-10 10:00:00'),
    account: A1,
    circle: CIRCLE,
  } as const;
  const own = cancel('2025-06-10 10:00:00', [ID.unique]);
  const account = {
    type: 'CancelAccount',
    now: at('2025-07-11 10:00:00'),
    account: A1,
    terms: TERMS,
  } as const;

  it('of one contract is refused while its circle ends: it would go on beyond it', () => {
    const ends = givenCommands(...bought(long, everything), own, { ...circle, terms: TERMS });
    for (const contract of [ID.unique, ID.trunk])
      ends.when(undo('2025-07-11 10:00:00', [contract])).thenRejected('CIRCLE_CANCELLED');
  });

  it('of a contract or a circle is refused while the account ends', () => {
    const ends = givenCommands(...bought(long, everything), own, { ...circle, terms: TERMS }, account);
    ends.when(undo('2025-07-12 10:00:00', [ID.unique])).thenRejected('ACCOUNT_NOT_UNDONE');
    ends.when(circleUndo('2025-07-12 10:00:00')).thenRejected('ACCOUNT_NOT_UNDONE');
  });

  it('leaves as they are the numbers beside it that end with something else', () => {
    const other = '0000000002';
    const inOther = bought('2025-01-10 10:00:00', [item(NUMBER, 1, ['0399999999'])], {
      ...{ order: 'o2', circle: other },
    });
    const whole = { ...circle, circle: other, terms: TERMS };
    const ends = givenCommands(...bought(long, everything), ...inOther, own, whole);
    ends.when(undo('2025-07-12 10:00:00', [ID.unique], ['o2-01'])).then({
      ...{ type: 'CancellationUndone', at: at('2025-07-12 10:00:00'), account: A1, contract: ID.unique },
    });
  });

  it('has its limit for a circle in which nothing is in contract, too', () => {
    const empty = givenCommands(...bought(long, [item(UNIQUE)], { circle: '0000000002' }), {
      ...circle,
      terms: TERMS,
    });
    empty.when(circleUndo('2025-07-31 22:00:00.001')).thenRejected('UNDO_TOO_LATE');
    empty.when(circleUndo('2025-07-31 22:00:00.000')).then({
      ...{ type: 'CircleCancellationUndone', at: at('2025-07-31 22:00:00.000'), account: A1, circle: CIRCLE },
    });
  });
});

describe('the cancellation of an account', () => {
  const cancelAccount = {
    type: 'CancelAccount',
    now: at('2025-06-30 23:59:59'),
    account: A1,
    terms: TERMS,
  } as const;
  const cancelled = givenCommands(...bought(long, everything), cancelAccount);

  it('CN-20: ends everything with the month after the application, and is never undone', () => {
    expect(BusinessDay.text(cancelled.state.accountEndsOn!)).toBe('2025-08-31');
    for (const contract of ALL)
      expect(BusinessDay.text(cancelled.state.contracts.get(contract)!.ending!.endsOn)).toBe('2025-08-31');
    cancelled.when(undo('2025-07-01 00:00:00', [ID.unique])).thenRejected('ACCOUNT_NOT_UNDONE');
  });

  it('ends the buying', () =>
    cancelled
      .when(bought('2025-07-01 10:00:00', [item(UNIQUE)], { order: 'o2' })[0]!)
      .thenRejected('ACCOUNT_ENDS'));
});

describe('the end of a contract', () => {
  const cancelled = givenCommands(...bought(long, everything), cancel('2025-01-15 10:00:00', [ID.unique]));

  it('is booked at 00:00:00 of the day after its last day, whenever somebody looks', () => {
    const endsOn = day('2025-02-28');
    cancelled.when({ type: 'EndDue', now: at('2025-02-28 23:59:59.999'), reductionOn }).thenNothing();
    cancelled.when({ type: 'EndDue', now: at('2025-03-09 12:00:00'), reductionOn }).then({
      type: 'ContractEnded',
      at: at('2025-03-01 00:00:00.000'),
      account: A1,
      contract: ID.unique,
      endsOn,
    });
  });
});
