import { Controller, Headers, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { type AccountId, type Money, problem, rejection } from '#kernel';
import { type Caller, type CreditedLot, requestRefusals } from '#runtime';
import { WhoApproves } from '../../use-cases/approvals.js';
import type { InputFor } from '../../use-cases/bus.js';
import { AdjustPrepaid, ChargePrepaid, PreviewCorrection } from '../../use-cases/prepaid.js';
import { API } from '../access.guard.js';
import { asBody, type UnchangedBody } from '../answer.js';
import { accountId } from '../fields.js';
import { badField, refused } from '../problem.js';
import { bodyProblems } from '../refusals.js';
import { From, FromBody, FromPath } from '../request.js';
import { InputOf, RouteOf } from '../use-case.controller.js';

/** The second person and the question about a repetition come in headers. */
const inHeaders = { account: true, approvedBy: true, askRepeat: true } as const;
const Charge = ChargePrepaid.useCase.input.omit(inHeaders);
const Adjusting = AdjustPrepaid.useCase.input.omit(inHeaders);
const ASK_REPEAT = 'X-Ask-Repeat';
const askingRepeat = {
  [ASK_REPEAT]:
    '`yes`: refuse with `POSTED_RECENTLY` when the same was posted to the account within minutes, by ' +
    'whomever, so that a person can be asked; the same request without it is carried out.',
};

const SECOND_PERSON =
  'Above the configured amount: an approval out of the session of a second person, or her API key.';

/** What of a wallet's routes has a twist: a second person in a header, a question that may be refused. */
@Controller(API)
export class PrepaidController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @RouteOf(ChargePrepaid, {
    body: Charge,
    headers: { 'X-Approver-Key': `Of a bonus only. ${SECOND_PERSON}`, ...askingRepeat },
  })
  async charge(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Charge) { lot, ...body }: z.output<typeof Charge>,
    @From() caller: Caller,
    @Headers('X-Approver-Key') approverToken: string | undefined,
    @Headers(ASK_REPEAT) askRepeat: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditedLot | UnchangedBody> {
    // What was paid is nobody's gift.
    const token = body.method === 'bonus' ? approverToken : undefined;
    const named = { field: 'lot', name: lot };
    const approval = await this.approval(token, { account, amount: body.amount }, named, caller);
    const { approvedBy, name } = approval;
    const input = { ...body, account, lot: name, approvedBy, askRepeat: askRepeat === 'yes' };
    return asBody(await this.commands.execute(new ChargePrepaid(input, caller)), response);
  }

  @RouteOf(AdjustPrepaid, {
    body: Adjusting,
    headers: { 'X-Approver-Key': SECOND_PERSON, ...askingRepeat },
  })
  async adjust(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Adjusting) { adjustment, ...body }: z.output<typeof Adjusting>,
    @From() caller: Caller,
    @Headers('X-Approver-Key') approverToken: string | undefined,
    @Headers(ASK_REPEAT) askRepeat: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const named = { field: 'adjustment', name: adjustment };
    const approval = await this.approval(approverToken, { account, amount: body.amount }, named, caller);
    const { approvedBy, name } = approval;
    const input = { ...body, account, adjustment: name, approvedBy, askRepeat: askRepeat === 'yes' };
    return asBody(await this.commands.execute(new AdjustPrepaid(input, caller)), response);
  }

  @RouteOf(PreviewCorrection)
  async previewCorrection(
    @InputOf(PreviewCorrection) input: InputFor<typeof PreviewCorrection>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return asBody(await this.queries.execute(new PreviewCorrection(input)), response);
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
    const approved = await this.queries.execute(new WhoApproves({ token, of, caller }));
    if (!approved) throw refused(rejection(requestRefusals.APPROVER_NOT_ALLOWED));
    if (approved.name !== null && name !== undefined)
      throw badField(field, problem(bodyProblems.GIVEN_BY_APPROVAL));
    return { approvedBy: approved.approvedBy, name: approved.name ?? name };
  }
}
