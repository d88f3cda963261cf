import { z } from 'zod';
import { DEPOSIT_ENDS, DEPOSIT_FORMATS, DEPOSIT_OUTCOMES, DEPOSIT_PARKED_FOR } from '#payments';
import { accountText, count, date, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';
import { DEPOSIT_LISTS } from './deposits.projection.js';

const Candidate = z.object({ payment: text, account: accountText, amount: yen, orderedAt: time });
export type CandidateView = ViewOf<typeof Candidate>;

export const Deposit = shape(
  'Deposit',
  z.object({
    deposit: text,
    list: z.enum(DEPOSIT_LISTS).meta({
      description:
        'matched: found to be the payment of an order. ambiguous, unknown: staff have to say what it is. ' +
        'decided: they did. cancelled: the bank took it back before anything was booked.',
    }),
    why: z
      .enum([...DEPOSIT_PARKED_FOR, 'taken_back'])
      .nullable()
      .meta({ description: 'Why it waits for staff, or waited.' }),
    day: date.meta({ description: 'When it came in, as the bank says.' }),
    amount: yen,
    payer: text.meta({ description: 'As the bank wrote it.' }),
    payerBank: text,
    remark: text,
    virtualAccount: text.nullable().meta({ description: 'Branch and number, ten digits.' }),
    number: text.nullable().meta({ description: "The bank's own number of the day." }),
    format: z.enum(DEPOSIT_FORMATS),
    file: text,
    record: count.meta({ description: 'The record or line of the file.' }),
    isCancellation: z.boolean().meta({ description: 'A cancellation whose deposit is not known: no money.' }),
    twin: text.nullable().meta({ description: 'A deposit of another kind of file that looks like it.' }),
    account: accountText.nullable(),
    payment: text.nullable(),
    candidates: z.array(Candidate).meta({ description: 'Orders that it may be the payment of.' }),
    end: z.enum(DEPOSIT_ENDS).nullable().meta({ description: 'Where it goes.' }),
    outcome: z.enum(DEPOSIT_OUTCOMES).nullable().meta({
      description: 'What became of it; parked: it waits for staff among the parked money.',
    }),
    lot: text.nullable(),
  }),
);
export type DepositView = ViewOf<typeof Deposit>;

export const ResolvedDeposit = shape(
  'ResolvedDeposit',
  z.object({
    ...{ deposit: text, end: z.enum(DEPOSIT_ENDS), account: accountText.nullable() },
    outcome: z.enum(DEPOSIT_OUTCOMES).nullable(),
    lot: text.nullable().meta({ description: 'The lot that it became.' }),
  }),
);
export type ResolvedDepositView = ViewOf<typeof ResolvedDeposit>;

export const RegisteredDeposit = shape(
  'RegisteredDeposit',
  z.object({
    deposit: text,
    list: z.enum(['matched', 'ambiguous', 'unknown']),
    why: z.enum(DEPOSIT_PARKED_FOR).nullable().meta({ description: 'Why it waits for staff.' }),
    ...{ account: accountText.nullable(), payment: text.nullable(), lot: text.nullable() },
  }),
);
export type RegisteredDepositView = ViewOf<typeof RegisteredDeposit>;

export const DepositFile = shape(
  'DepositFile',
  z.object({
    ...{ file: text, name: text, format: z.enum(DEPOSIT_FORMATS), rows: count },
    sum: yen.meta({ description: 'Of the deposits; cancellations are not taken off.' }),
    ...{ from: date, to: date, takenAt: time },
    completedAt: time.nullable().meta({ description: 'Null: the import broke off. Send the file again.' }),
    fresh: count.meta({ description: 'Rows that no file told before.' }),
    ...{ matched: count, ambiguous: count, unknown: count },
    cancelled: count.meta({ description: 'Cancellations.' }),
  }),
);
export type DepositFileView = ViewOf<typeof DepositFile>;

export const VirtualAccount = shape('VirtualAccount', z.object({ number: text, account: accountText }));
export type VirtualAccountView = ViewOf<typeof VirtualAccount>;
