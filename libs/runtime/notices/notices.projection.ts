import type { NoticeEvent } from '#contracts';
import { column, Instant, projection, table } from '#kernel';
import type { ToldEvent } from './told-notice.js';

const noticesTable = table({
  name: 'notices',
  columns: {
    command_id: 'text',
    /** Of the last event of the command that is told. */
    position: 'integer',
    recorded_at: column.integer<Instant>(),
    /** Nothing of it is left to send. */
    told: column.integer<0 | 1>(),
  },
  key: ['command_id'],
  indexes: [['told', 'recorded_at']],
});

/** What customers are told by mail. */
const TOLD_TYPES = [
  'contracts.OrderCompleted.v1',
  'contracts.OrderRefused.v1',
  'contracts.CancellationAccepted.v1',
  'contracts.CircleCancelled.v1',
  'contracts.AccountCancelled.v1',
  'contracts.CancellationUndone.v1',
  'contracts.CircleCancellationUndone.v1',
  'contracts.ContractEnded.v1',
  'contracts.DevicesShipped.v1',
  'contracts.IdentityPaperApproved.v1',
  'contracts.IdentityPaperAskedAgain.v1',
  'ledger.ServiceSuspended.v1',
  'ledger.ServiceResumed.v1',
  'ledger.ChargeTakenBack.v1',
  'payments.AttemptAnswered.v1',
  'payments.PaymentCompleted.v1',
  'payments.PaymentExpired.v1',
  'payments.BalanceAlertFired.v1',
  'payments.ExpiryTold.v1',
  'payments.RechargeFailed.v1',
  'payments.RechargeStopped.v1',
] as const;

/** A page is opened at once, so nobody is told of it; nobody who does not want it is told of the limit. */
function isTold(e: ToldEvent): boolean {
  if (e.type === 'AttemptAnswered') return e.numbers.length > 0 || e.transferTo !== null;
  return e.type !== 'RechargeStopped' || e.wish !== 'off';
}

/** Which commands did what a customer is told of, one mail each, and whether that was done. No addresses. */
export const notices = projection({
  name: 'notices',
  version: 3,
  tables: [noticesTable],
  handles: [...TOLD_TYPES, 'contracts.NoticeSent.v1', 'contracts.NoticeLeft.v1'],
  apply({ event, position, meta }, rows) {
    const e = event as NoticeEvent | ToldEvent;
    if (e.type === 'NoticeSent' || e.type === 'NoticeLeft') {
      if (e.address >= e.addresses) rows.merge('notices', { command_id: e.command }, { set: { told: 1 } });
      return;
    }
    if (!isTold(e)) return;
    const recorded_at = Instant.parse(meta.recordedAt);
    const due = { position, recorded_at, told: 0 } as const;
    rows.merge('notices', { command_id: meta.commandId }, { set: due });
  },
});
