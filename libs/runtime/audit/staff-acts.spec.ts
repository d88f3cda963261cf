import { STORED_TYPES } from '../engine/codecs.js';
import { staffActs } from './staff-acts.projection.js';

const meta = {
  occurredAt: '2026-10-01T09:30:00.000+09:00',
  recordedAt: '2026-10-01T09:30:00.000+09:00',
  actor: 'staff:l1',
  commandId: 'c',
  correlationId: 'c',
  bodyHash: '',
};

/** Written out here, as an oracle of the declarations. */
const NO_ACTS = [
  'contracts.AllotmentReduced.v1',
  'contracts.CartOrderCompleted.v1',
  'contracts.CartOrderRefused.v1',
  'contracts.ContractBegun.v1',
  'contracts.ContractEnded.v1',
  'contracts.DeviceRefunded.v1',
  'contracts.NameChangeCharged.v1',
  'contracts.NoticeLeft.v1',
  'contracts.NoticeSent.v1',
  'contracts.NumberClaimWithdrawn.v1',
  'contracts.NumberEnded.v1',
  'contracts.NumberReleased.v1',
  'contracts.NumberUnassigned.v1',
  'contracts.OrderCleared.v1',
  'contracts.OrderCompleted.v1',
  'contracts.OrderRefused.v1',
  'contracts.OrderSettled.v1',
  'contracts.ShipmentOpened.v1',
  'contracts.VbaNumbersReturned.v1',
  'identity.AttemptCounted.v1',
  'identity.AttemptGivenBack.v1',
  'identity.AttemptsLocked.v1',
  'identity.CodeRefused.v1',
  'identity.CodeSent.v1',
  'identity.IdIssued.v1',
  'identity.LanguageChosen.v1',
  'identity.LoginIdClaimed.v1',
  'identity.LoginIdReleased.v1',
  'identity.PasskeyChallengeTaken.v1',
  'identity.PasskeyChallenged.v1',
  'identity.PasskeyUsed.v1',
  'identity.PasswordRehashed.v1',
  'identity.PasswordRenewed.v1',
  'identity.SecondStepPassed.v1',
  'identity.SessionConfirmed.v1',
  'identity.SessionSeen.v1',
  'identity.SessionStarted.v1',
  'identity.SignInOriginSeen.v1',
  'identity.TotpStepUsed.v1',
  'ledger.ChargeTakenBack.v1',
  'operations.ClockFoundRight.v1',
  'operations.ClockMistrusted.v1',
  'operations.JobActMissed.v1',
  'payments.AttemptAnswered.v1',
  'payments.AttemptBegun.v1',
  'payments.AttemptEnded.v1',
  'payments.BalanceAlertArmed.v1',
  'payments.BalanceAlertFired.v1',
  'payments.CancellationPaired.v1',
  'payments.CardKept.v1',
  'payments.CardUsed.v1',
  'payments.DepositFileCompleted.v1',
  'payments.DepositMatched.v1',
  'payments.DepositParked.v1',
  'payments.DepositSeen.v1',
  'payments.DepositSettled.v1',
  'payments.DepositTakenBack.v1',
  'payments.DepositsListed.v1',
  'payments.EvidenceTaken.v1',
  'payments.ExpiryTold.v1',
  'payments.MoneyAccepted.v1',
  'payments.MoneyParked.v1',
  'payments.MoneyReturned.v1',
  'payments.ParkedSettled.v1',
  'payments.PaymentCompleted.v1',
  'payments.PaymentExpired.v1',
  'payments.PaymentNotified.v1',
  'payments.RechargeBegun.v1',
  'payments.RechargeDone.v1',
  'payments.RechargeFailed.v1',
  'payments.RechargeStopped.v1',
  'payments.ReturnSettled.v1',
];

describe('acts of staff', () => {
  it('are told of by no event of a sign-in that nobody decided', () => {
    const quiet = [...STORED_TYPES.values()].filter(({ act }) => !act).map(({ type }) => type);
    expect(quiet.sort()).toEqual(NO_ACTS);
    expect(staffActs.handles.filter(type => quiet.includes(type))).toEqual([]);
    expect([...staffActs.handles, ...quiet].sort()).toEqual([...STORED_TYPES.keys()].sort());
  });

  it.each([
    ['staff:l1', true],
    ['login:l1', true],
    ['key:k1', true],
    ['job:close', false],
    ['visitor', false],
    ['cli:operator', false],
  ])('by %s: %s', (actor, counts) => expect(staffActs.concerns?.({ ...meta, actor })).toBe(counts));
});
