import { Controller, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { type AccountId, saidId } from '#kernel';
import type { CallFacts } from '#ledger';
import { MAX_CALL_MS } from '#rating';
import type { Caller } from '#runtime';
import { PrepaidCommand } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered } from '../answer.js';
import { accountId, amount, callId, instant, ownId, phoneNumber, words } from '../fields.js';
import { From, FromBody, FromPath } from '../request.js';
import { Route } from '../route.js';
import { Hold, ReleasedHold, SettledHold } from '../schemas.js';

const Holding = z.strictObject({
  hold: ownId.optional().meta({ description: 'Id of the hold; the Idempotency-Key without it.' }),
  amount,
  purpose: words(100).default('call'),
});
const Extending = z.strictObject({ amount });
const Nothing = z.strictObject({});
const Settling = z
  .strictObject({
    callId,
    direction: z.enum(['out', 'in']).default('out'),
    number: phoneNumber.meta({ description: "The account's own number." }),
    from: z.string().trim().max(64).meta({ description: 'As signalled; may be empty.' }),
    to: words(64),
    startedAt: instant,
    answeredAt: instant.nullable().meta({ description: 'null: not answered.' }),
    endedAt: instant,
    hangupCause: z.string().trim().max(64).default('NORMAL_CLEARING'),
  })
  .refine(call => call.endedAt - call.startedAt <= MAX_CALL_MS, {
    path: ['endedAt'],
    message: 'must not be more than 31 days after startedAt',
  })
  .refine(call => call.startedAt <= (call.answeredAt ?? call.startedAt), {
    path: ['answeredAt'],
    message: 'must not be before startedAt',
  })
  .refine(call => (call.answeredAt ?? call.startedAt) <= call.endedAt, {
    path: ['endedAt'],
    message: 'must not be before startedAt or answeredAt',
  });

/** Talk time runs from answer to hang-up in milliseconds (DECISIONS: Calls). */
const factsOf = (call: z.output<typeof Settling>): CallFacts => ({
  ...call,
  durationMs: call.answeredAt === null ? 0 : call.endedAt - call.answeredAt,
});

/** Funds set aside for a running call: held before it rings, settled after the hang-up. */
@Controller(API)
export class HoldsController {
  constructor(private readonly commands: CommandBus) {}

  @Route('POST /accounts/:account/holds', {
    summary: 'Set funds aside',
    body: Holding,
    status: 201,
    answer: Hold,
    unchanged: true,
    refusals: ['INSUFFICIENT_FUNDS', 'HOLD_EXISTS', 'NO_SUCH_ACCOUNT'],
  })
  async hold(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Holding) body: z.output<typeof Holding>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { hold = saidId(caller.commandId), amount: yen, purpose } = body;
    const input = { account, hold, amount: yen, purpose };
    return answered(await this.commands.execute(new PrepaidCommand('hold', input, caller)), response);
  }

  @Route('POST /accounts/:account/holds/:hold/extend', {
    summary: 'Set more funds aside for the same hold',
    body: Extending,
    answer: Hold,
    unchanged: true,
    refusals: ['INSUFFICIENT_FUNDS', 'NO_SUCH_HOLD'],
  })
  async extend(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('hold', ownId) hold: string,
    @FromBody(Extending) body: z.output<typeof Extending>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const input = { account, hold, amount: body.amount };
    return answered(await this.commands.execute(new PrepaidCommand('extendHold', input, caller)), response);
  }

  @Route('POST /accounts/:account/holds/:hold/settle', {
    summary: 'Rate the call and debit it; what the hold did not use is free again',
    body: Settling,
    answer: SettledHold,
    unchanged: true,
    refusals: [
      'NO_SUCH_ACCOUNT',
      'NO_RATE',
      'UNREADABLE_NUMBER',
      'IN_THE_FUTURE',
      'BEFORE_FIRST_DAY',
      'NUMBER_OF_ANOTHER_ACCOUNT',
      'SUM_OUT_OF_RANGE',
    ],
  })
  async settle(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('hold', ownId) hold: string,
    @FromBody(Settling) call: z.output<typeof Settling>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const input = { account, hold, call: factsOf(call) };
    return answered(await this.commands.execute(new PrepaidCommand('settleHold', input, caller)), response);
  }

  @Route('POST /accounts/:account/holds/:hold/release', {
    summary: 'Free the held funds without a debit',
    body: Nothing,
    answer: ReleasedHold,
    unchanged: true,
    refusals: ['NO_SUCH_ACCOUNT'],
  })
  async release(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('hold', ownId) hold: string,
    @FromBody(Nothing) _body: z.output<typeof Nothing>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new PrepaidCommand('releaseHold', { account, hold }, caller);
    return answered(await this.commands.execute(command), response);
  }
}
