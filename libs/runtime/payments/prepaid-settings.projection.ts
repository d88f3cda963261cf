import {
  type AccountId,
  BusinessMonth,
  column,
  type Instant,
  type Money,
  type MoneyTotal,
  projection,
  table,
} from '#kernel';
import type { PrepaidSettingsEvent } from '#payments';

const watchTable = table({
  name: 'prepaid_watch',
  columns: {
    account: column.text<AccountId>(),
    /** A balance below it is yet to be told. */
    tell_below: column.integerOrNull<MoneyTotal>(),
    /** A balance at or above it arms an alert again. */
    arm_from: column.integerOrNull<MoneyTotal>(),
    /** A balance at or below it is charged. */
    trigger: column.integerOrNull<MoneyTotal>(),
    /** Nothing is charged before: half an hour after the last one, or the next month. */
    not_before: column.integer<Instant>(),
    /** The payment that is under way. */
    in_flight: column.textOrNull<string>(),
  },
  key: ['account'],
  indexes: [['in_flight']],
});

const AT_ONCE = 0 as Instant;
const most = (amounts: readonly Money[]): Money | null =>
  amounts.length === 0 ? null : (Math.max(...amounts) as Money);
const least = (amounts: readonly Money[]): Money | null =>
  amounts.length === 0 ? null : (Math.min(...amounts) as Money);

type WithAlerts = Extract<PrepaidSettingsEvent, { readonly told: readonly Money[] }>;
const alertsOf = ({ told, untold }: WithAlerts) => ({ tell_below: most(untold), arm_from: least(told) });

/** At which balances something is to be done for whom. No card, no address. */
export const prepaidWatch = projection({
  name: 'prepaid_watch',
  version: 1,
  tables: [watchTable],
  handles: [
    'payments.PrepaidSettingsChanged.v1',
    'payments.BalanceAlertFired.v1',
    'payments.BalanceAlertArmed.v1',
    'payments.CardForgotten.v1',
    'payments.RechargeBegun.v1',
    'payments.RechargeDone.v1',
    'payments.RechargeFailed.v1',
    'payments.RechargeStopped.v1',
  ],
  apply({ event }, rows) {
    const e = event as PrepaidSettingsEvent;
    const key = { account: e.account };
    switch (e.type) {
      case 'PrepaidSettingsChanged':
        rows.merge('prepaid_watch', key, {
          set: { ...alertsOf(e), trigger: e.recharge ? e.trigger : null, not_before: AT_ONCE },
        });
        break;
      case 'BalanceAlertFired':
      case 'BalanceAlertArmed':
        rows.merge('prepaid_watch', key, { set: alertsOf(e) });
        break;
      case 'CardForgotten':
        if (e.chosen) rows.merge('prepaid_watch', key, { set: { trigger: null } });
        break;
      case 'RechargeBegun':
        rows.merge('prepaid_watch', key, { set: { in_flight: e.payment, not_before: e.payableUntil } });
        break;
      case 'RechargeDone':
        rows.merge('prepaid_watch', key, { set: { in_flight: null } });
        break;
      case 'RechargeFailed':
        rows.merge('prepaid_watch', key, {
          set: { in_flight: null, ...(e.switchedOff && { trigger: null }) },
        });
        break;
      case 'RechargeStopped':
        rows.merge('prepaid_watch', key, {
          set: { not_before: BusinessMonth.start(BusinessMonth.plus(e.month, 1)) },
        });
        break;
    }
  },
});
