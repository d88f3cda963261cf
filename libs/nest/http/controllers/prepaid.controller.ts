import { Controller, Headers, Inject, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { type AccountId, type Money, saidId } from '#kernel';
import { CHARGE_METHODS } from '#ledger';
import type {
  BalanceView,
  Caller,
  CreditedLot as CreditedLotView,
  HistoryRow,
  Page,
  Product,
} from '#runtime';
import { PrepaidCommand, PrepaidQuery } from '../../envelopes.js';
import { PRODUCT } from '../../use-cases/tokens.js';
import { API } from '../access.guard.js';
import { answered, found, type UnchangedBody } from '../answer.js';
import {
  accountId,
  amount,
  businessMonth,
  callId,
  DEFAULT_LIMIT,
  given,
  instant,
  money,
  ownId,
  paging,
  phoneNumber,
  words,
} from '../fields.js';
import { badField, Problem } from '../problem.js';
import { From, FromBody, FromPath, FromQuery } from '../request.js';
import { Route } from '../route.js';
import {
  Adjustment,
  Balance,
  CorrectedCall,
  CorrectionPreview,
  CreditedLot,
  HistoryEntry,
  Reversal,
} from '../schemas.js';
import { pageOf } from '../shapes.js';

const Charge = z.strictObject({
  amount,
  method: z.enum(CHARGE_METHODS),
  at: instant.optional().meta({
    description: 'When it was paid; now without it. The expiry counts from here, however late it is booked.',
  }),
  lot: ownId.optional().meta({ description: 'Id of the lot; the Idempotency-Key without it.' }),
});
const Adjusting = z.strictObject({
  adjustment: ownId.optional().meta({ description: 'Id of the adjustment; the Idempotency-Key without it.' }),
  amount: money.refine(value => value !== 0, { message: 'must not be zero' }),
  reason: words(500),
});
const Reversing = z.strictObject({
  reversal: ownId.optional().meta({ description: 'Id of the reversal; the Idempotency-Key without it.' }),
  debit: ownId.meta({ description: 'Call id, or id of the debit, to take back in full.' }),
  reason: words(500),
});
const ASK_REPEAT = 'X-Ask-Repeat';
const askingRepeat = {
  [ASK_REPEAT]:
    '`yes`: refuse with `POSTED_RECENTLY` when the same was posted to the account within minutes, by ' +
    'whomever, so that a person can be asked; the same request without it is carried out.',
};
const asking = (header: string | undefined) => (header === 'yes' ? { askRepeat: true } : {});
const UNANSWERED = 'none';
const PreviewOfCorrection = z.strictObject({
  call: callId,
  direction: z.enum(['out', 'in']).optional(),
  number: phoneNumber.optional(),
  from: z.string().trim().max(64).optional(),
  to: words(64).optional(),
  startedAt: instant.optional(),
  answeredAt: z
    .union([z.literal(UNANSWERED), instant])
    .optional()
    .meta({ description: '`none`: not answered.' }),
  endedAt: instant.optional(),
});
const Correcting = z.strictObject({
  call: callId.meta({ description: 'The call id, of the entry that stands or was taken back.' }),
  reason: words(500),
  reversal: ownId.optional().meta({ description: 'Id of the reversal; the Idempotency-Key without it.' }),
  direction: z.enum(['out', 'in']).optional(),
  number: phoneNumber.optional().meta({ description: "The account's own number." }),
  from: z.string().trim().max(64).optional().meta({ description: 'As signalled; may be empty.' }),
  to: words(64).optional(),
  startedAt: instant.optional(),
  answeredAt: instant.nullable().optional().meta({ description: 'null: not answered.' }),
  endedAt: instant.optional(),
  hangupCause: z.string().trim().max(64).optional(),
});
const AsOf = z.strictObject({
  asOf: instant.optional().meta({ description: 'An instant of the past; now without it.' }),
});
const HistoryFilter = z.strictObject({ ...paging, month: businessMonth.optional() });

const SECOND_PERSON =
  'Above the configured amount: an approval out of the session of a second person, or her API key.';

const NOT_PRICED = [
  'NO_RATE',
  'UNREADABLE_NUMBER',
  'IN_THE_FUTURE',
  'BEFORE_FIRST_DAY',
  'NUMBER_OF_ANOTHER_ACCOUNT',
] as const;

@Controller(API)
export class PrepaidController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(PRODUCT) private readonly product: Product,
  ) {}

  @Route('GET /accounts/:account/balance', {
    summary: 'Posted, held, available and owed, with every lot and its expiry',
    query: AsOf,
    answer: Balance,
  })
  async balance(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(AsOf) { asOf }: z.output<typeof AsOf>,
  ): Promise<BalanceView> {
    return found(await this.queries.execute(new PrepaidQuery('balance', account, asOf)), 'ACCOUNT');
  }

  @Route('GET /accounts/:account/history', {
    summary: 'Prepaid history, newest first',
    query: HistoryFilter,
    answer: pageOf(HistoryEntry),
  })
  async history(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(HistoryFilter) filter: z.output<typeof HistoryFilter>,
  ): Promise<Page<HistoryRow>> {
    return await this.queries.execute(
      new PrepaidQuery('history', account, { limit: DEFAULT_LIMIT, ...given(filter) }),
    );
  }

  @Route('POST /accounts/:account/charges', {
    summary: 'Credit a completed charge (チャージ) as a new lot',
    body: Charge,
    status: 201,
    answer: CreditedLot,
    headers: { 'X-Approver-Key': `Of a bonus only. ${SECOND_PERSON}`, ...askingRepeat },
    refusals: [
      'POSTED_RECENTLY',
      'NO_SUCH_ACCOUNT',
      'APPROVAL_REQUIRED',
      'APPROVER_IS_ACTOR',
      'LOT_EXISTS',
      'ADJUSTMENT_EXISTS',
      'IN_THE_FUTURE',
      'AMOUNT_TOO_LARGE',
      'SUM_OUT_OF_RANGE',
      'OUTSIDE_METHOD_LIMITS',
      'NOT_WHOLE_YEN',
    ],
  })
  async charge(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Charge) body: z.output<typeof Charge>,
    @From() caller: Caller,
    @Headers('X-Approver-Key') approverToken: string | undefined,
    @Headers(ASK_REPEAT) askRepeat: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditedLotView | UnchangedBody> {
    const { amount: yen, method, at, lot } = body;
    // What was paid is nobody's gift.
    const token = method === 'bonus' ? approverToken : undefined;
    const named = { field: 'lot', name: lot };
    const { approvedBy, name } = await this.approval(token, { account, amount: yen }, named, caller);
    const input = {
      account,
      amount: yen,
      method,
      approvedBy,
      ...asking(askRepeat),
      ...given({ at, lot: name }),
    };
    return answered(await this.commands.execute(new PrepaidCommand('charge', input, caller)), response);
  }

  @Route('POST /accounts/:account/adjustments', {
    summary: 'Adjust the wallet (調整金), up or down',
    body: Adjusting,
    status: 201,
    answer: Adjustment,
    headers: {
      'X-Approver-Key': SECOND_PERSON,
      ...askingRepeat,
    },
    unchanged: true,
    refusals: [
      'NO_SUCH_ACCOUNT',
      'APPROVAL_REQUIRED',
      'APPROVER_IS_ACTOR',
      'LOT_EXISTS',
      'ADJUSTMENT_EXISTS',
      'POSTED_RECENTLY',
      'AMOUNT_TOO_LARGE',
      'SUM_OUT_OF_RANGE',
    ],
  })
  async adjust(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Adjusting) body: z.output<typeof Adjusting>,
    @From() caller: Caller,
    @Headers('X-Approver-Key') approverToken: string | undefined,
    @Headers(ASK_REPEAT) askRepeat: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { amount: yen, reason } = body;
    const named = { field: 'adjustment', name: body.adjustment };
    const approval = await this.approval(approverToken, { account, amount: yen }, named, caller);
    const { approvedBy, name: adjustment = saidId(caller.commandId) } = approval;
    const input = { account, adjustment, amount: yen, reason, approvedBy, ...asking(askRepeat) };
    return answered(await this.commands.execute(new PrepaidCommand('adjust', input, caller)), response);
  }

  @Route('POST /accounts/:account/reversals', {
    summary: 'Take a call charge or another debit back in full, to its original lots',
    body: Reversing,
    status: 201,
    answer: Reversal,
    unchanged: true,
    refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_DEBIT', 'ALREADY_REVERSED', 'REVERSAL_EXISTS'],
  })
  async reverse(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Reversing) body: z.output<typeof Reversing>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { reversal = saidId(caller.commandId), debit, reason } = body;
    const input = { account, reversal, debit, reason };
    return answered(await this.commands.execute(new PrepaidCommand('reverse', input, caller)), response);
  }

  @Route('POST /accounts/:account/corrections', {
    summary: 'Correct a call: take it back and charge it as it was, under the same call id',
    description:
      'What is left out stays as it was recorded. Calls that cost nothing can be corrected as well.',
    body: Correcting,
    status: 201,
    answer: CorrectedCall,
    unchanged: true,
    refusals: [
      'NO_SUCH_ACCOUNT',
      'NO_SUCH_DEBIT',
      'SAME_RECORD',
      'NOT_REVERSED',
      'REVERSAL_EXISTS',
      ...NOT_PRICED,
    ],
  })
  async correct(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Correcting) body: z.output<typeof Correcting>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { call, reversal = saidId(caller.commandId), reason, ...changes } = body;
    const input = { account, call, reversal, reason, changes: given(changes) };
    return answered(await this.commands.execute(new PrepaidCommand('correctCall', input, caller)), response);
  }

  @Route('GET /accounts/:account/corrections', {
    summary: 'A call as it is recorded, and what a correction would make of it; nothing is written',
    description: 'Without a change `corrected` is null.',
    query: PreviewOfCorrection,
    answer: CorrectionPreview,
    refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_DEBIT', 'SAME_RECORD', ...NOT_PRICED],
  })
  async previewCorrection(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(PreviewOfCorrection) query: z.output<typeof PreviewOfCorrection>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { call, answeredAt, ...others } = query;
    const answer =
      answeredAt === undefined ? {} : { answeredAt: answeredAt === UNANSWERED ? null : answeredAt };
    const input = { account, call, changes: { ...given(others), ...answer } };
    return answered(await this.queries.execute(new PrepaidQuery('previewCorrection', input)), response);
  }

  /**
   * Who approves proves it, with an approval out of a session or with a key: a name in the body would be
   * anybody's word. An approval names the act that uses it, so it is good for one.
   */
  private async approval(
    token: string | undefined,
    of: { account: AccountId; amount: Money },
    given: { readonly field: string; readonly name: string | undefined },
    caller: Caller,
  ): Promise<{ approvedBy: string | null; name: string | undefined }> {
    const { field, name } = given;
    if (token === undefined) return { approvedBy: null, name };
    // Whoever was switched off elsewhere a moment ago approves no more.
    await this.product.ready('log');
    const approved = await this.product.identity.approvals.approved(token, of, caller);
    if (!approved) {
      const detail = 'X-Approver-Key must be a live key of staff, or an approval of this account and amount';
      throw new Problem(403, 'APPROVER_NOT_ALLOWED', detail, { field: 'X-Approver-Key' });
    }
    if (approved.name !== null && name !== undefined)
      throw badField(field, 'is given by the approval: leave it out');
    return { approvedBy: approved.approvedBy, name: approved.name ?? name };
  }
}
