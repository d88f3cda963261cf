import { BusinessMonth, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import { sampleInvoice } from '../../test/support/invoices.js';
import {
  type AccountCloseCommand,
  type AccountCloseEvent,
  type AccountCloseRejection,
  accountClose,
  accountCloseEvents,
  accountCloseRefusals,
  accountCloseStream,
  type BookedDraft,
} from './account-close.js';

const now = Instant.parse('2025-11-01T03:00:00.000+09:00');
const later = Instant.parse('2025-11-01T04:00:00.000+09:00');
const month = BusinessMonth.parse('2025-10');
const document = sampleInvoice();
const figures = {
  basis: { net: Money.of('130090'), tax: Money.of('3322') },
  discounts: [
    {
      usageMonth: month,
      taxCategory: 'standard',
      taxRate: 1000,
      net: Money.of('1174'),
      tax: Money.of('117.4'),
    },
  ] as const,
  rates: [{ month, perMinute: Money.of('0.5') }],
  total: Money.of('132121'),
};
type Draft = Omit<Extract<AccountCloseCommand, { type: 'DraftClose' }>, 'type'>;

const draft = (other: Partial<Draft> = {}): AccountCloseCommand => ({
  type: 'DraftClose',
  now,
  account: 'A1',
  month,
  document,
  figures,
  ...other,
});
const drafted = (other: Partial<Draft> = {}): AccountCloseEvent => {
  const { now: at = now, ...facts } = other;
  return { type: 'CloseDrafted', at, account: 'A1', month, document, figures, ...facts };
};
const finish = (booked: BookedDraft = { document, figures }): AccountCloseCommand => ({
  type: 'FinishClose',
  now: later,
  booked,
});
const closed = (invoice: string | null, total: string): AccountCloseEvent => ({
  type: 'MonthClosed',
  at: later,
  account: 'A1',
  month,
  invoice,
  total: Money.of(total),
});
const { given } = specOf(accountClose);
const other = { ...figures, total: Money.of('132122') };

describe("the close of one account's month", () => {
  it('writes down what is to be issued and booked before it is booked', () => {
    given().when(draft()).then(drafted());
    expect(accountCloseStream('A1', month)).toBe('close-A1_2025-10');
  });

  it('goes on with the same draft, however late it is asked again', () =>
    given(drafted())
      .when(draft({ now: later, document: { ...document } }))
      .thenNothing('this close is drafted like this already'));

  it('is composed again when usage came in between', () => {
    given(drafted())
      .when(draft({ figures: other }))
      .then(drafted({ figures: other }));
    expect(given(drafted(), drafted({ figures: other })).state).toMatchObject({
      drafts: 2,
      draft: { figures: other },
      closed: false,
    });
  });

  it('ends with the draft that was booked', () =>
    given(drafted(), drafted({ figures: other }))
      .when(finish({ document, figures: other }))
      .then(closed(document.number, '132122')));

  it('ends with the draft that was booked, also when another close drafted after it', () =>
    given(drafted(), drafted({ figures: other }))
      .when(finish())
      .then(drafted({ now: later }), closed(document.number, '132121')));

  it('ends once', () =>
    given(drafted(), closed(document.number, '132121'))
      .when(finish())
      .thenNothing('the month is closed already'));

  it('of a month with nothing to bill takes no invoice', () => {
    const nothing = {
      basis: { net: Money.zero, tax: Money.zero },
      discounts: [],
      rates: [],
      total: Money.zero,
    };
    given(drafted({ document: null, figures: nothing }))
      .when(finish({ document: null, figures: nothing }))
      .then(closed(null, '0'));
  });
});

const ROWS: readonly (readonly [AccountCloseRejection, string, AccountCloseEvent[], AccountCloseCommand])[] =
  [
    ['MONTH_IS_CLOSED', 'the same draft', [drafted(), closed('n', '1')], draft()],
    ['MONTH_IS_CLOSED', 'another draft', [drafted(), closed('n', '1')], draft({ figures: other })],
    ['CLOSE_NOT_DRAFTED', 'nothing written down', [], finish()],
  ];

describe('rejections of an account close, in the order in which they are asked', () => {
  it.each(ROWS)('%s: %s', (code, _why, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () =>
    expect([...new Set(ROWS.map(([code]) => code))]).toEqual(Object.keys(accountCloseRefusals)));
});

describe('what is decided survives storage', () => {
  it.each([
    ['a draft', drafted()],
    ['a draft of nothing', drafted({ document: null, figures: { ...figures, discounts: [] } })],
    ['an end', closed(document.number, '132121')],
    ['an end without invoice', closed(null, '0')],
  ])('%s', (_what, event) => {
    const { type, data } = accountCloseEvents.codec.encode(event);
    expect(accountCloseEvents.codec.decode(type, JSON.parse(JSON.stringify(data)))).toEqual(event);
    expect(accountCloseEvents.codec.occurredAt(event)).toBe(event.at);
  });
});
