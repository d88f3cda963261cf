import fc from 'fast-check';
import { BusinessMonth, Money } from '#kernel';
import { specOf } from '#testing';
import { product } from '../catalogue/product.fixture.js';
import { A1, at, bought, cancel, item, UNIQUE } from './book.fixture.js';
import { contractBook } from './book.js';
import { billedIn, type MeasureContract, unitsOf } from './measuring.js';

const { givenCommands } = specOf(contractBook);
const GB = 1_000_000_000;
const RECORDING = product('option.recording', { kind: 'option', capabilities: ['records_calls'] });
const POSTING = product('invoice.posting', { kind: 'invoice_posting', perSheets: 10, proRated: false });
const ID = { recording: 'o1-01', posting: 'o1-02', unique: 'o1-03' };
const history = [
  ...bought('2025-04-20 10:00:00', [item(RECORDING), item(POSTING), item(UNIQUE)]),
  cancel('2025-06-10 10:00:00', [ID.recording]),
];
const customer = givenCommands(...history);

const measure = (
  contract: string,
  month: string,
  amount: number,
  other: Partial<MeasureContract> = {},
): MeasureContract => ({
  type: 'MeasureContract',
  now: at('2025-08-01 00:00:00'),
  account: A1,
  ...{ contract, month: BusinessMonth.parse(month), amount },
  per: contract === ID.posting ? 10 : GB,
  mostUnits: contract === ID.posting ? 1_000 : 100,
  priced: {
    ...{ net: Money.of('100'), nameJa: '超過', nameEn: 'Further', taxCategory: 'standard' },
    ...{ priceList: 'standard', priceVersion: 1 },
  },
  ...other,
});
/** What a report reaches, or why it is refused. */
function of(command: MeasureContract, given = customer): string {
  const { outcome } = given.when(command);
  if (outcome.kind === 'rejected') return outcome.rejection.code;
  if (outcome.kind === 'nothing') return 'nothing';
  const [event] = outcome.events;
  return event?.type === 'ContractMeasured' ? `${event.unitsBefore} -> ${event.units}` : '';
}

describe('what is measured of a contract', () => {
  it.each([
    ['RC-10 0 MB', 0, '1 -> 1'],
    ['RC-10 1,000 MB', GB, '1 -> 1'],
    ['RC-10 1,000.01 MB', GB + 10_000, '1 -> 2'],
    ['RC-10 2,500 MB', 2.5 * GB, '1 -> 3'],
    ['RC-11 100,000 MB', 100 * GB, '1 -> 100'],
    ['RC-11 100,001 MB', 100 * GB + 1_000_000, 'MEASURED_TOO_MUCH'],
  ])('%s', (_, bytes, expected) => expect(of(measure(ID.recording, '2025-05', bytes))).toBe(expected));

  it.each([
    ['PR-10 1 sheet', 1, '1 -> 1'],
    ['PR-10 10 sheets', 10, '1 -> 1'],
    ['PR-11 11 sheets', 11, '1 -> 2'],
    ['21 sheets', 21, '1 -> 3'],
    ['10,000 sheets', 10_000, '1 -> 1000'],
    ['10,001 sheets', 10_001, 'MEASURED_TOO_MUCH'],
  ])('%s', (_, sheets, expected) => expect(of(measure(ID.posting, '2025-05', sheets))).toBe(expected));

  it.each([
    ['of a terminal is nothing', measure(ID.unique, '2025-05', 1), 'NOT_MEASURED'],
    ['of a contract that is not there', measure('o9-01', '2025-05', 1), 'NO_SUCH_CONTRACT'],
    ['before the contract', measure(ID.recording, '2025-03', 1), 'NOT_IN_CONTRACT_THEN'],
    ['in its first month', measure(ID.recording, '2025-04', 2 * GB), '1 -> 2'],
    ['in its last month', measure(ID.recording, '2025-07', 2 * GB), '1 -> 2'],
    ['after its last month', measure(ID.recording, '2025-08', 1), 'NOT_IN_CONTRACT_THEN'],
    ['of the sheets of a month that runs', measure(ID.posting, '2025-08', 11), 'MEASURED_TOO_EARLY'],
    [
      'of a recording of a month that runs',
      measure(ID.recording, '2025-07', 2 * GB, { now: at('2025-07-02 00:00:00') }),
      '1 -> 2',
    ],
    [
      'of a month that has not begun',
      measure(ID.recording, '2025-07', 1, { now: at('2025-06-30 23:59:59.999') }),
      'MEASURED_TOO_EARLY',
    ],
    ['where everything is in the monthly fee', measure(ID.posting, '2025-05', 99, { per: null }), '1 -> 1'],
  ])('%s', (_, command, expected) => expect(of(command)).toBe(expected));

  it('counts the peak of each month: less changes nothing, more goes on from there', () => {
    const reported = givenCommands(
      ...history,
      measure(ID.recording, '2025-05', 2 * GB),
      measure(ID.recording, '2025-06', 5 * GB),
    );
    expect(of(measure(ID.recording, '2025-05', GB), reported)).toBe('nothing');
    expect(of(measure(ID.recording, '2025-05', 2 * GB), reported)).toBe('nothing');
    expect(of(measure(ID.recording, '2025-05', 4 * GB), reported)).toBe('2 -> 4');
    expect(of(measure(ID.recording, '2025-06', 5 * GB + 1), reported)).toBe('5 -> 6');
  });

  it('is billed in its month, an invoice in the month in which it is posted', () => {
    const december = BusinessMonth.parse('2025-12');
    expect(billedIn({ what: 'recording_bytes', month: december })).toBe(december);
    expect(billedIn({ what: 'invoice_sheets', month: december })).toBe(BusinessMonth.parse('2026-01'));
  });

  it('is the least number of units that holds it, whatever the amount', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 1, max: 1e10 }), (amount, per) => {
        const units = BigInt(unitsOf(amount, per));
        expect(units * BigInt(per) >= BigInt(amount) && units >= 1n).toBe(true);
        expect(units === 1n || (units - 1n) * BigInt(per) < BigInt(amount)).toBe(true);
      }),
    ));
});
