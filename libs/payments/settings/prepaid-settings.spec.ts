import fc from 'fast-check';
import { type AccountId, BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import {
  type ChangePrepaidSettings,
  type PrepaidSettingsCommand,
  prepaidSettings,
} from './prepaid-settings.js';
import { type EndRecharge, nextRechargeAt, type ObserveBalance } from './recharging.js';
import {
  NOTHING_SET,
  type PrepaidSettings,
  type PrepaidSettingsState,
  rechargedIn,
} from './settings.state.js';

const { givenCommands } = specOf(prepaidSettings);
const at = (text: string): Instant => Instant.parse(`${text.replace(' ', 'T')}.000+09:00`);
const NOW = at('2025-04-10 10:00:00');
const account = 'A1' as AccountId;
const yen = Money.of;
const terms = { minutesBetween: 30, failuresInARow: 5, policy: 'recharge.minutes-between@standard=30' };

const keep = (card: string, token = `tok-${card}`): PrepaidSettingsCommand => ({
  ...{ type: 'KeepCard', now: NOW, account, card, gateway: 'sandbox', environment: 'test', token },
  ...{ brand: 'VISA', lastFour: '4242' },
});
const forget = (card: string): PrepaidSettingsCommand => ({ type: 'ForgetCard', now: NOW, account, card });
const ON: PrepaidSettings = {
  ...NOTHING_SET,
  ...{ recharge: true, trigger: yen('1000'), amount: yen('5000'), limit: yen('30000'), card: 'c1' },
};
const change = (
  settings: Partial<PrepaidSettings>,
  addresses: ChangePrepaidSettings['addresses'] = { alert: 1, limit: 1 },
  now = NOW,
): ChangePrepaidSettings => ({
  ...{ type: 'ChangePrepaidSettings', now, account, settings: { ...ON, ...settings }, addresses },
});
const alerting = (...amounts: readonly string[]) =>
  change({ ...NOTHING_SET, alert: 'ja', alertAmounts: amounts.map(one => yen(one)) });
let looks = 0;
const look = (available: string, now = NOW, more: Partial<ObserveBalance> = {}): ObserveBalance => ({
  ...{ type: 'ObserveBalance', now, account, balance: yen(available), available: yen(available) },
  ...{ payment: `t${++looks}`, canCharge: true, terms },
  ...more,
});
const plus = (minutes: number): Instant => Instant.plusMs(NOW, minutes * 60_000);

function run(...commands: readonly PrepaidSettingsCommand[]) {
  let state = prepaidSettings.fresh();
  const all: string[] = [];
  for (const command of commands) {
    const asked =
      command.type === 'EndRecharge' && command.payment === ''
        ? { ...command, payment: state.inFlight?.payment ?? '' }
        : command;
    const outcome = prepaidSettings.decide(asked, state);
    if (outcome.kind !== 'events') {
      all.push(outcome.kind === 'rejected' ? outcome.rejection.code : 'nothing');
      continue;
    }
    for (const event of outcome.events) {
      state = prepaidSettings.evolve(state, event);
      all.push(event.type);
    }
  }
  return { state, all };
}
/** Of the one in flight. */
const end = (why: string | null = null, now = NOW): EndRecharge => ({
  ...{ type: 'EndRecharge', now, account, payment: '', why, terms },
});
const begun = (all: readonly string[]): number => all.filter(type => type === 'RechargeBegun').length;
const isOff = (state: PrepaidSettingsState, card: string) => state.cards.get(card)?.switchedOff;
const SET = [keep('c1'), change({})] as const;

/** So many charges of 5,000 of this month are done. */
const charged = (times: number) =>
  Array.from({ length: times }, (_, i) => [look('0', plus(i * 30)), end(null, plus(i * 30))]).flat();

describe('auto-recharge (PRE-05 to PRE-11)', () => {
  it.each([
    ['AR-01', '1000', 'RechargeBegun'],
    ['AR-02', '1000.0001', 'nothing'],
  ])('%s: a balance of %s is at or below 1,000, or not: %s', (_, balance, came) => {
    expect(run(...SET, look(balance)).all.at(-1)).toBe(came);
  });

  it('AR-03: charges up to the very limit of the month', () => {
    const { state, all } = run(...SET, ...charged(5), look('0', plus(150)));
    expect(begun(all)).toBe(6);
    expect(Money.text(rechargedIn(state, BusinessMonth.of(NOW)))).toBe('30000');
  });

  it('AR-04: charges nothing that would exceed it, and says so once in the month', () => {
    const tight = change({ limit: yen('29999') });
    const { state, all } = run(
      ...[keep('c1'), tight, ...charged(5), look('0', plus(150)), look('0', plus(151))],
      look('0', plus(240)),
    );
    expect(begun(all)).toBe(5);
    expect(all.slice(-3)).toEqual(['RechargeStopped', 'nothing', 'nothing']);
    expect(Money.text(rechargedIn(state, BusinessMonth.of(NOW)))).toBe('25000');
  });

  it('AR-05: begins anew with the month of Japan', () => {
    const tight = change({ limit: yen('5000') });
    const lastMs = Instant.plusMs(at('2025-05-01 00:00:00'), -1);
    const before = [keep('c1'), tight, ...charged(1), look('0', plus(40))];
    expect(run(...before, look('0', lastMs)).all.slice(-2)).toEqual(['RechargeStopped', 'nothing']);
    const { state, all } = run(...before, look('0', at('2025-05-01 00:00:00')));
    expect(all.at(-1)).toBe('RechargeBegun');
    expect(Money.text(rechargedIn(state, BusinessMonth.of(at('2025-05-01 00:00:00'))))).toBe('5000');
  });

  it.each([
    [Instant.plusMs(plus(30), -1), 'nothing'],
    [plus(30), 'RechargeBegun'],
  ])('AR-06: half an hour lies between two beginnings (%s: %s)', (now, came) => {
    expect(run(...SET, ...charged(1), look('0', now)).all.at(-1)).toBe(came);
  });

  const refused = (times: number, from = 0) =>
    Array.from({ length: times }, (_, i) => [
      look('0', plus((from + i) * 30)),
      end('declined', plus((from + i) * 30)),
    ]).flat();

  it('AR-07: switches a card off that is refused five times in a row', () => {
    const four = run(...SET, ...refused(4));
    expect(isOff(four.state, 'c1')).toBe(false);
    const five = run(...SET, ...refused(5), look('0', plus(150)));
    expect(isOff(five.state, 'c1')).toBe(true);
    expect(five.all.at(-1)).toBe('nothing');
    expect(Money.text(five.state.monthTotal)).toBe('0');
  });

  it('AR-08: a success in between begins to count anew', () => {
    const good = [look('0', plus(120)), end(null, plus(120))];
    const { state } = run(...SET, ...refused(4), ...good, ...refused(1, 5));
    expect(state.cards.get('c1')).toMatchObject({ failures: 1, switchedOff: false });
  });

  it('AR-09: counts each card by itself', () => {
    const other = [keep('c2'), change({ card: 'c2' })];
    const { state } = run(...SET, ...refused(4), ...other, ...refused(1, 4));
    expect([...state.cards.values()].map(({ failures, switchedOff: off }) => [failures, off])).toEqual([
      [4, false],
      [1, false],
    ]);
    const back = run(...SET, ...refused(4), ...other, ...refused(1, 4), change({}), ...refused(1, 5));
    expect(isOff(back.state, 'c1')).toBe(true);
  });

  it('AR-14: a purchase by hand counts for nothing, and a card that paid one is good again', () => {
    const use = { type: 'UseCard', now: NOW, account, card: 'c1', payment: 't9' } as const;
    const { state, all } = run(...SET, ...refused(4), use, use);
    expect(all.slice(-2)).toEqual(['CardUsed', 'nothing']);
    expect(state.cards.get('c1')?.failures).toBe(0);
    expect(Money.text(rechargedIn(state, BusinessMonth.of(NOW)))).toBe('0');
  });

  it.each(['GATEWAY_SILENT', 'deadline_passed', 'never_begun', 'given_up', 'cancelled'])(
    'counts nothing against the card that is not its fault: %s',
    why => {
      const { state } = run(...SET, look('0'), end(why));
      expect(state.cards.get('c1')?.failures).toBe(0);
    },
  );

  it('has one in flight at most, and frees the month of what came to nothing', () => {
    const { state, all } = run(...SET, look('0'), look('0', plus(31)), end('declined', plus(32)));
    expect(all).toEqual([
      ...['CardKept', 'PrepaidSettingsChanged', 'RechargeBegun', 'nothing', 'RechargeFailed'],
    ]);
    expect(Money.text(state.monthTotal)).toBe('0');
  });

  it('counts a charge for the month in which it began', () => {
    const last = at('2025-04-30 23:59:59');
    const { state } = run(...SET, look('0', last), end(null, at('2025-05-01 00:00:10')));
    expect(Money.text(rechargedIn(state, BusinessMonth.of(last)))).toBe('5000');
    expect(Money.text(rechargedIn(state, BusinessMonth.of(at('2025-05-01 00:00:10'))))).toBe('0');
  });

  it('charges nothing while it cannot be: off, without a card, a gateway or an account', () => {
    const off = change({ recharge: false });
    for (const set of [[keep('c1'), off], [keep('c1')], [...SET, forget('c1')]])
      expect(run(...set, look('0')).all.at(-1)).toBe('nothing');
    expect(run(...SET, look('0', NOW, { canCharge: false })).all.at(-1)).toBe('nothing');
  });

  it('charges a card again that was switched off, once the customer saves it', () => {
    const { all } = run(...SET, ...refused(5), change({}), look('0', plus(150)));
    expect(all.slice(-2)).toEqual(['PrepaidSettingsChanged', 'RechargeBegun']);
    expect(run(...SET, change({})).all.at(-1)).toBe('nothing');
  });

  it('lets a higher limit, and a smaller amount, charge in the same month', () => {
    const tight = [keep('c1'), change({ limit: yen('5000') }), ...charged(1), look('0', plus(30))];
    for (const settings of [{ limit: yen('10000') }, { limit: yen('5500'), amount: yen('500') }])
      expect(run(...tight, change(settings), look('0', plus(31))).all.at(-1)).toBe('RechargeBegun');
  });

  it('takes the end of the one that is in flight, once', () => {
    const other = { ...end(), payment: 'another' };
    expect(run(...SET, look('0'), other, end(), { ...end(), payment: 't0' }).all.slice(-3)).toEqual([
      ...['NO_SUCH_RECHARGE', 'RechargeDone', 'NO_SUCH_RECHARGE'],
    ]);
  });
});

describe('balance alerts (PRE-02 to PRE-04)', () => {
  it.each([
    ['AR-10', '5000', 'nothing'],
    ['AR-11', '4999.9999', 'BalanceAlertFired'],
  ])('%s: a balance of %s against 5,000: %s', (_, balance, came) => {
    expect(run(alerting('5000'), look(balance)).all.at(-1)).toBe(came);
  });

  it('AR-11: tells it once, and again when it was reached in between', () => {
    const { all } = run(...[alerting('5000'), look('4999.9999'), look('4000'), look('5000'), look('4999')]);
    expect(all.slice(1)).toEqual([
      ...['BalanceAlertFired', 'nothing', 'BalanceAlertArmed', 'BalanceAlertFired'],
    ]);
  });

  it('tells each of two amounts by itself, and both together when both are crossed', () => {
    const two = alerting('5000', '1000');
    expect(run(two, look('4000'), look('900'), look('3000'), look('900')).all.slice(1)).toEqual([
      ...['BalanceAlertFired', 'BalanceAlertFired', 'BalanceAlertArmed', 'BalanceAlertFired'],
    ]);
    const { state, all } = run(two, look('0'));
    expect(all.slice(1)).toEqual(['BalanceAlertFired']);
    expect(state.told).toHaveLength(2);
  });

  it('goes by the balance: what calls hold is not gone', () => {
    expect(run(alerting('5000'), look('0', NOW, { balance: yen('5000') })).all.at(-1)).toBe('nothing');
  });

  it('keeps what was told when other settings change, and forgets it when it is off for a while', () => {
    const both = (more: Partial<PrepaidSettings>) =>
      change({ alert: 'ja', alertAmounts: [yen('5000')], ...more });
    const kept = run(keep('c1'), both({}), look('4000'), both({ limit: yen('90000') }), look('4000'));
    expect(kept.all.at(-1)).toBe('nothing');
    const off = change({ ...NOTHING_SET });
    const anew = run(alerting('5000'), look('4000'), off, alerting('5000'), look('4000'));
    expect(anew.all.at(-1)).toBe('BalanceAlertFired');
    const moved = run(alerting('5000'), look('4000'), alerting('4500'), look('4000'));
    expect(moved.all.at(-1)).toBe('BalanceAlertFired');
  });

  it.each([
    ['AR-15: off', 'off', 'nothing'],
    ['AR-15: in Japanese', 'ja', 'BalanceAlertFired'],
    ['AR-15: in English', 'en', 'BalanceAlertFired'],
  ] as const)('%s', (_, alert, came) => {
    const settings = change({ ...NOTHING_SET, alert, alertAmounts: [yen('5000')] });
    const outcome = run(settings, look('1'));
    expect(outcome.all.at(-1)).toBe(came);
  });
});

describe('the settings', () => {
  const { alert: _, ...rest } = NOTHING_SET;
  it.each([
    ['AR-13: no amount', { ...rest, alert: 'ja', alertAmounts: [] }, undefined, 'ALERT_AMOUNT_REQUIRED'],
    ['AR-13: one amount', { ...rest, alert: 'en', alertAmounts: [yen('1')] }, undefined, null],
    ['no address', { alert: 'ja', alertAmounts: [yen('1')] }, { alert: 0, limit: 1 }, 'ALERT_MAILS_REQUIRED'],
    ['no address of the limit', { limitAlert: 'ja' }, { alert: 1, limit: 0 }, 'LIMIT_MAILS_REQUIRED'],
    ['no trigger', { trigger: null }, undefined, 'TRIGGER_REQUIRED'],
    ['no charge', { amount: null }, undefined, 'RECHARGE_AMOUNT_REQUIRED'],
    ['no limit', { limit: null }, undefined, 'MONTH_LIMIT_REQUIRED'],
    ['a limit below one charge', { limit: yen('4999') }, undefined, 'MONTH_LIMIT_TOO_LOW'],
    ['a limit of one charge', { limit: yen('5000') }, undefined, null],
    ['no card', { card: null }, undefined, 'RECHARGE_CARD_REQUIRED'],
    ['an unknown card', { card: 'c9' }, undefined, 'NO_SUCH_CARD'],
    ['all off, half written', { ...NOTHING_SET, amount: yen('1000') }, { alert: 0, limit: 0 }, null],
  ] as const)('%s', (_name, settings, addresses, code) => {
    const asked = change(settings as Partial<PrepaidSettings>, addresses);
    if (code === null) expect(run(keep('c1'), asked).all.at(-1)).toBe('PrepaidSettingsChanged');
    else givenCommands(keep('c1')).when(asked).thenRejected(code);
  });
});

describe('cards', () => {
  it('keeps a card once, whatever paid it is told of', () => {
    expect(run(keep('c1'), keep('c2', 'tok-c1')).all).toEqual(['CardKept', 'nothing']);
  });

  it('removes a card for good, and what it was chosen for', () => {
    const { state, all } = run(...SET, forget('c1'), forget('c1'), forget('c8'));
    expect(all.slice(-3)).toEqual(['CardForgotten', 'nothing', 'NO_SUCH_CARD']);
    expect(state.settings).toMatchObject({ recharge: false, card: null });
  });

  it('removes none that is being charged', () => {
    givenCommands(...SET, look('0'))
      .when(forget('c1'))
      .thenRejected('CARD_IN_USE');
  });
});

describe('mails of what will expire', () => {
  const LAST = BusinessDay.parse('2025-05-10');
  const tell = (left: number, amount = '1000', expiresOn = LAST): PrepaidSettingsCommand => ({
    ...{ type: 'TellExpiry', now: BusinessDay.start(BusinessDay.plus(LAST, -left)), account },
    ...{ expiring: [{ expiresOn, amount: yen(amount) }], daysBefore: [30, 7, 1], atLeast: yen('10') },
  });

  it.each([
    [31, 'nothing'],
    [30, 'ExpiryTold'],
    [0, 'ExpiryTold'],
    [-1, 'nothing'],
  ])('with %i days left: %s', (left, came) => expect(run(tell(left)).all).toEqual([came]));

  it('are told 30, 7 and 1 days before, once each, and after a pause only the last one', () => {
    expect(run(...[30, 29, 8, 7, 6, 2, 1, 0].map(left => tell(left))).all).toEqual([
      ...['ExpiryTold', 'nothing', 'nothing', 'ExpiryTold'],
      ...['nothing', 'nothing', 'ExpiryTold', 'nothing'],
    ]);
    expect(run(tell(31), tell(5), tell(4)).all).toEqual(['nothing', 'ExpiryTold', 'nothing']);
  });

  it('say nothing of tiny rests, and add up what expires on one day', () => {
    expect(run(tell(7, '9.9999'), tell(7, '10')).all).toEqual(['nothing', 'ExpiryTold']);
    const halves = { expiresOn: LAST, amount: yen('5') };
    const both = { ...tell(7), expiring: [halves, halves] } as PrepaidSettingsCommand;
    expect(run(both).all).toEqual(['ExpiryTold']);
  });

  it('tell each day by itself', () => {
    const later = BusinessDay.plus(LAST, 5);
    expect(run(tell(7), tell(7, '1000', later), tell(2, '1000', later)).all).toEqual([
      ...['ExpiryTold', 'ExpiryTold', 'ExpiryTold'],
    ]);
  });
});

describe('auto-recharge under any interleaving', () => {
  const LIMIT = 20_000;
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('look'), balance: fc.integer({ min: 0, max: 3000 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('end'), why: fc.constantFrom(null, 'declined', 'silent') }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('endAgain') }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('wait'), minutes: fc.integer({ min: 1, max: 60 }) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), minutes: fc.constant(20 * 24 * 60) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('card'), card: fc.constantFrom('c1', 'c2') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('save') }) },
  );

  it('stays below the limit, has one in flight, waits, and spares a card that was refused', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), steps => {
        const set = change({ limit: yen(String(LIMIT)) });
        let { state } = run(keep('c1'), keep('c2'), set);
        let [now, lastBegun, card] = [NOW as number, -Infinity, 'c1'];
        const kept = new Map<number, number>();
        const inARow = new Map<string, number>();
        let flight: { payment: string; card: string; month: number } | undefined;
        let ended = '';
        const take = (command: PrepaidSettingsCommand) => {
          const outcome = prepaidSettings.decide(command, state);
          const events = outcome.kind === 'events' ? outcome.events : [];
          for (const event of events) state = prepaidSettings.evolve(state, event);
          return events;
        };
        for (const one of steps) {
          if (one.do === 'wait') now += (one as { minutes: number }).minutes * 60_000;
          if (one.do === 'save' || one.do === 'card') {
            if (one.do === 'card') card = (one as { card: string }).card;
            if (take(change({ limit: yen(String(LIMIT)), card }, undefined, now as Instant)).length > 0)
              if ((inARow.get(card) ?? 0) >= 5) inARow.set(card, 0);
          }
          if (one.do === 'endAgain')
            expect(take({ ...end(null, now as Instant), payment: ended })).toEqual([]);
          if (one.do === 'end' && flight) {
            const { why } = one as { why: string | null };
            expect(take({ ...end(why, now as Instant), payment: flight.payment })).toHaveLength(1);
            if (why === null) inARow.set(flight.card, 0);
            else kept.set(flight.month, kept.get(flight.month)! - 5000);
            if (why === 'declined') inARow.set(flight.card, (inARow.get(flight.card) ?? 0) + 1);
            [ended, flight] = [flight.payment, undefined];
          }
          if (one.do !== 'look') continue;
          const available = String((one as { balance: number }).balance);
          const [event] = take(look(available, now as Instant)).filter(
            ({ type }) => type === 'RechargeBegun',
          );
          if (event?.type !== 'RechargeBegun') continue;
          const month = BusinessMonth.of(now as Instant);
          expect(flight).toBeUndefined();
          expect(Number(available)).toBeLessThanOrEqual(1000);
          expect(now - lastBegun).toBeGreaterThanOrEqual(30 * 60_000);
          expect(inARow.get(event.card) ?? 0).toBeLessThan(5);
          kept.set(month, (kept.get(month) ?? 0) + 5000);
          expect(kept.get(month)).toBeLessThanOrEqual(LIMIT);
          [lastBegun, flight] = [now, { payment: event.payment, card: event.card, month }];
        }
        expect(state.inFlight?.payment).toBe(flight?.payment);
        expect(nextRechargeAt(state, terms) ?? -Infinity).toBe(lastBegun + 30 * 60_000);
      }),
    );
  });
});
