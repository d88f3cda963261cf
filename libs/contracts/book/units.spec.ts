import { BusinessDay } from '#kernel';
import { specOf } from '#testing';
import { product } from '../catalogue/product.fixture.js';
import {
  A1,
  at,
  bought,
  CHANNEL,
  CIRCLE,
  cancel,
  FAX,
  FAX_CHANNEL,
  item,
  NUMBER,
  TERMS,
  TRUNK,
  UNIQUE,
} from './book.fixture.js';
import { type ContractCommand, contractBook } from './book.js';

const { givenCommands } = specOf(contractBook);
const MONITORING = product('option.monitoring', {
  ...{ kind: 'option', nameJa: 'モニタリング', nameEn: 'Monitoring', capabilities: ['allotted'] },
});
const POSTING = product('invoice.posting', { kind: 'invoice_posting', nameJa: '発送', nameEn: 'Posting' });

const cancelUnits = (when: string, of: string, count: number, circle: string | null = CIRCLE) =>
  ({
    type: 'CancelUnits',
    ...{ now: at(when), account: A1, circle, product: of, count, terms: TERMS },
  }) satisfies ContractCommand;
const undoUnits = (when: string, of: string, count: number) =>
  ({ type: 'UndoUnits', now: at(when), circle: CIRCLE, product: of, count }) satisfies ContractCommand;

/** A trunk with channels o1-02 to 05, a FAX with one, a terminal, a number, two ticks; then two channels. */
const lines = [item(TRUNK), item(CHANNEL, 4), item(FAX), item(FAX_CHANNEL), item(UNIQUE)];
const owned = [
  ...bought('2024-01-10 10:00:00', [...lines, item(NUMBER, 1, ['0312345678']), item(MONITORING, 2)]),
  ...bought('2024-02-10 10:00:00', [item(CHANNEL, 2)], { order: 'o2' }),
  ...bought('2024-02-11 10:00:00', [item(POSTING, 2)], { order: 'o3', circle: null }),
];
const customer = givenCommands(...owned);
const having = (...commands: readonly ContractCommand[]) => givenCommands(...owned, ...commands);

/** Which contracts an act names, and the days on which they end. */
function named(given: ReturnType<typeof having>, command: ContractCommand): string[] {
  const { outcome } = given.when(command);
  if (outcome.kind !== 'events') throw new Error(JSON.stringify(outcome));
  return outcome.events.map(event => {
    if (event.type === 'CancellationAccepted') return `${event.contract} ${BusinessDay.text(event.endsOn)}`;
    return event.type === 'CancellationUndone' ? event.contract : event.type;
  });
}

describe('units that are cancelled by their count', () => {
  it.each([
    ['CAN-05', CHANNEL.code, 1, CIRCLE, ['o2-02 2024-12-31']],
    ['CAN-05', CHANNEL.code, 3, CIRCLE, ['o2-02 2024-12-31', 'o2-01 2024-12-31', 'o1-05 2024-12-31']],
    ['CAN-06, CN-17', FAX_CHANNEL.code, 1, CIRCLE, ['o1-07 2024-12-31']],
    ['CAN-09', MONITORING.code, 2, CIRCLE, ['o1-11 2024-12-31', 'o1-10 2024-12-31']],
    ['of the account', POSTING.code, 1, null, ['o3-02 2024-12-31']],
  ])('%s: %s x %i are the newest, in one act', (_, of, count, circle, contracts) =>
    expect(named(customer, cancelUnits('2024-11-20 12:00:00', of, count, circle))).toEqual(contracts),
  );

  it('are those that do not end yet', () => {
    const before = [
      cancel('2024-11-01 10:00:00', ['o2-02', 'o1-05']),
      cancelUnits('2024-11-02 10:00:00', CHANNEL.code, 1),
    ];
    expect(named(having(...before), cancelUnits('2024-12-20 12:00:00', CHANNEL.code, 2))).toEqual([
      'o1-04 2025-01-31',
      'o1-03 2025-01-31',
    ]);
  });

  it.each<[string, ContractCommand, string, Record<string, string>]>([
    [
      'more than there are',
      cancelUnits('2024-11-20 12:00:00', CHANNEL.code, 7),
      'TOO_FEW_UNITS',
      { present: '6' },
    ],
    ['terminals', cancelUnits('2024-11-20 12:00:00', TRUNK.code, 1), 'NOT_BY_COUNT', {}],
    ['numbers', cancelUnits('2024-11-20 12:00:00', NUMBER.code, 1), 'NOT_BY_COUNT', {}],
    ['what there is none of', cancelUnits('2024-11-20 12:00:00', 'x', 1), 'NO_SUCH_UNITS', { product: 'x' }],
    ['those of another circle', cancelUnits('2024-11-20 12:00:00', POSTING.code, 1), 'NO_SUCH_UNITS', {}],
  ])('are refused: %s', (_, command, code, details) => {
    const { outcome } = customer.when(command);
    expect(outcome).toMatchObject({ kind: 'rejected', rejection: { code, details } });
  });

  it('are refused where they are cancelled or over already', () => {
    const five = cancelUnits('2024-11-20 12:00:00', CHANNEL.code, 5);
    for (const when of ['2024-11-21 12:00:00', '2025-01-01 00:00:00.000']) {
      const { outcome } = having(five).when(cancelUnits(when, CHANNEL.code, 2));
      expect(outcome).toMatchObject({
        rejection: { code: 'TOO_FEW_UNITS', details: { present: '1', count: '2' } },
      });
    }
  });
});

describe('the undo by count', () => {
  const cancelled = [
    cancelUnits('2024-10-20 12:00:00', CHANNEL.code, 1),
    cancelUnits('2024-11-20 12:00:00', CHANNEL.code, 3),
  ];

  it('takes back what was cancelled last, of one act what was picked last', () => {
    const given = having(...cancelled);
    expect(named(given, undoUnits('2024-11-21 12:00:00', CHANNEL.code, 1))).toEqual(['o1-04']);
    expect(named(given, undoUnits('2024-11-21 12:00:00', CHANNEL.code, 4))).toEqual([
      ...['o1-04', 'o1-05', 'o2-01', 'o2-02'],
    ]);
  });

  it('leaves the contracts as a cancellation of fewer would have left them', () => {
    const { state } = having(...cancelled, undoUnits('2024-11-21 12:00:00', CHANNEL.code, 2));
    const fewer = having(cancelled[0]!, cancelUnits('2024-11-20 12:00:00', CHANNEL.code, 1)).state;
    expect(state.contracts).toEqual(fewer.contracts);
  });

  it('is refused for more than can go on, and after 22:00:00.000 of the last day', () => {
    const given = having(...cancelled);
    given.when(undoUnits('2024-11-21 12:00:00', CHANNEL.code, 5)).thenRejected('TOO_FEW_CANCELLED', {
      product: { ja: CHANNEL.nameJa, en: CHANNEL.nameEn },
      present: '4',
      count: '5',
    });
    // The one of October ends on 2024-11-30.
    given.when(undoUnits('2024-11-30 22:00:00.001', CHANNEL.code, 4)).thenRejected('TOO_FEW_CANCELLED');
    expect(named(given, undoUnits('2024-11-30 22:00:00.001', CHANNEL.code, 3))).toHaveLength(3);
    given.when(undoUnits('2024-12-31 22:00:00.001', CHANNEL.code, 1)).thenRejected('UNDO_TOO_LATE');
    customer.when(undoUnits('2024-11-21 12:00:00', CHANNEL.code, 1)).thenNothing();
  });

  it('is refused while their circle ends', () => {
    const circle = {
      type: 'CancelCircle',
      now: at('2024-11-22 10:00:00'),
      account: A1,
      circle: CIRCLE,
    } as const;
    having(...cancelled, { ...circle, terms: TERMS })
      .when(undoUnits('2024-11-23 12:00:00', CHANNEL.code, 1))
      .thenRejected('CIRCLE_CANCELLED');
  });
});
