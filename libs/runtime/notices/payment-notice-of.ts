import {
  balanceAlertNotice,
  chargeTakenBackNotice,
  type PaymentState,
  paymentCompletedNotice,
  paymentExpiredNotice,
  paymentInstructionsNotice,
  rechargeFailedNotice,
  rechargeStoppedNotice,
  valueExpiresNotice,
} from '#payments';
import { ofType, type ToldEvent, type ToldNotice } from './told-notice.js';

interface Parts {
  /** Where customers open the portal, without a slash at its end. */
  readonly portal: string;
  /** The payment of whose stream the events are; undefined: they are of another stream. */
  readonly payment: PaymentState | undefined;
}

/** What a payment tells: how it can be paid, that it was, that nobody did. */
function ofPayment(events: readonly ToldEvent[], { portal, payment }: Parts): ToldNotice | undefined {
  if (!payment?.order) return undefined;
  const { order, attempts } = payment;
  const about = {
    ...{ payment: order.payment, method: order.method, amount: order.amount, recharge: order.recharge },
    paymentLink: `${portal}/charge/${order.payment}`,
  };
  const [completed] = ofType(events, 'PaymentCompleted');
  if (completed)
    return {
      about: 'payment_completed',
      to: 'billing',
      write: style => paymentCompletedNotice({ ...style, ...about }),
    };
  const [answered] = ofType(events, 'AttemptAnswered');
  const instructions = answered && attempts.find(one => one.attempt === answered.attempt)?.instructions;
  if (instructions) {
    const told = { ...about, instructions, payableUntil: order.payableUntil };
    return {
      about: 'payment_instructions',
      to: 'billing',
      write: style => paymentInstructionsNotice({ ...style, ...told }),
    };
  }
  if (ofType(events, 'PaymentExpired').length === 0) return undefined;
  return {
    about: 'payment_expired',
    // What came of an auto-recharge is told of the recharge.
    to: order.recharge ? 'nobody' : 'billing',
    write: style => paymentExpiredNotice({ ...style, ...about }),
  };
}

/** What a low balance tells, and what came of charging it. */
function ofSettings(events: readonly ToldEvent[], { portal }: Parts): ToldNotice | undefined {
  const settingsLink = `${portal}/prepaid-settings`;
  const [alert] = ofType(events, 'BalanceAlertFired');
  if (alert) {
    const { balance, alertAmounts, wish } = alert;
    const told = { balance, alertAmounts, chargeLink: `${portal}/charge` };
    return {
      ...{ about: 'balance_alert', to: 'alert', language: wish },
      write: style => balanceAlertNotice({ ...style, ...told }),
    };
  }
  const [expiry] = ofType(events, 'ExpiryTold');
  if (expiry) {
    const told = { expiring: expiry.expiring, prepaidLink: `${portal}/prepaid?view=lots` };
    return {
      about: 'value_expires',
      to: 'billing',
      write: style => valueExpiresNotice({ ...style, ...told }),
    };
  }
  const [failed] = ofType(events, 'RechargeFailed');
  if (failed) {
    const { amount, why, switchedOff, failures } = failed;
    const told = { amount, why, switchedOff, failures, settingsLink };
    return {
      about: 'recharge_failed',
      to: 'billing',
      write: style => rechargeFailedNotice({ ...style, ...told }),
    };
  }
  const [stopped] = ofType(events, 'RechargeStopped');
  if (!stopped || stopped.wish === 'off') return undefined;
  const { monthTotal, amount, limit, wish } = stopped;
  const told = { monthTotal, amount, limit, settingsLink };
  return {
    ...{ about: 'recharge_stopped', to: 'limit', language: wish },
    write: style => rechargeStoppedNotice({ ...style, ...told }),
  };
}

/** A charge whose money went back; a service that stops for it is told with it. */
export function chargeBackNoticeOf(
  events: readonly ToldEvent[],
  { portal }: Pick<Parts, 'portal'>,
): ToldNotice | undefined {
  const [taken] = ofType(events, 'ChargeTakenBack');
  if (!taken) return undefined;
  const { amount, receivable } = taken;
  const suspended = ofType(events, 'ServiceSuspended').length > 0;
  const told = { amount, receivable, suspended, prepaidLink: `${portal}/prepaid` };
  return {
    about: 'charge_taken_back',
    to: 'billing',
    write: style => chargeTakenBackNotice({ ...style, ...told }),
  };
}

/** The mail about the events of a payment, or of the prepaid settings of an account. */
export const paymentNoticeOf = (events: readonly ToldEvent[], parts: Parts): ToldNotice | undefined =>
  ofPayment(events, parts) ?? ofSettings(events, parts);
