import { z } from 'zod';
import { type AccountId, BusinessDay, BusinessMonth, InvalidInput, parseAccountId, saidOf } from '#kernel';
import type { JobContext, JobHandler } from '#ports';
import { runClose } from '../closing/closing.use-cases.js';
import { startMonth } from '../contracts/contracts.use-cases.js';
import { perform } from '../engine/use-case.js';
import type { Product } from '../product.js';
import type { Caller, Progress } from '../product.views.js';
import {
  CHARGE_NAME_CHANGE,
  CLOSE_MONTH,
  END_CONTRACTS,
  EXPIRE_LOTS,
  GO_ON_WITH_CART,
  GO_ON_WITH_ORDER,
  INQUIRE_PAYMENTS,
  SEND_NOTICE,
  START_MONTH,
  SUSPEND_OVERDUE,
  SWEEP_PERSONAL,
  TELL_EXPIRY,
  WATCH_BALANCES,
} from './plan-jobs.js';

/** A handler whose payload is checked first: one of another form is parked, naming the field. */
function handler<Schema extends z.ZodType>(
  name: string,
  payload: Schema,
  run: (payload: z.output<Schema>, context: JobContext) => Promise<void>,
): JobHandler {
  return {
    name,
    async run(given, context) {
      const read = payload.safeParse(given);
      if (read.success) return run(read.data, context);
      const [issue] = read.error.issues;
      throw new InvalidInput(issue?.path.join('.') || 'payload', issue?.message ?? 'is malformed');
    },
  };
}

/** A failed attempt: what a close refuses now it may do later. */
const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code });

/** The job's own hand, and a command id that is the same however often it is run. */
const callerOf = (name: string, commandId: string): Caller => ({ actor: { id: `job:${name}` }, commandId });

/**
 * Closes a month for every account. A close is idempotent by itself (each of its steps is a command with a
 * derived id); what it could not close yet is a failed attempt, and is tried again.
 */
function closeMonth(product: Product): JobHandler {
  return handler(CLOSE_MONTH, z.strictObject({ month: z.string() }), async (payload, context) => {
    const month = BusinessMonth.parse(payload.month);
    const caller = callerOf(CLOSE_MONTH, `${CLOSE_MONTH}/${payload.month}`);
    const input = { month, dryRun: false, force: false };
    const progress: Progress = (done, total, what) => {
      // How far it is may be unknown for a while; the close itself goes on.
      context.progress(done, total, what).catch(() => undefined);
    };
    const answer = await perform(product, runClose, input, caller, { progress });
    if (answer.kind === 'rejected') throw failure(answer.rejection.code, saidOf(answer.rejection).en);
    if (answer.kind === 'nothing') return;
    const refused = answer.value.accounts.filter(account => account.outcome === 'refused');
    const [first] = refused;
    if (first) {
      const problem = `${refused.length} accounts are not closed, the first is ${first.account}`;
      throw failure(first.rejection?.code ?? 'REFUSED', problem);
    }
  });
}

/** Accounts that are looked up at once, and swept before anybody is told how far it is. */
const ACCOUNTS_AT_ONCE = 200;
const SIDE_BY_SIDE = 8;

/** Books the breakage of lots that are past their expiry. The decision to spend knows it without this. */
function expireLots(product: Product): JobHandler {
  return handler(EXPIRE_LOTS, z.strictObject({}), async (_, context) => {
    const { message } = await product.clock.state();
    if (message !== null) throw failure('CLOCK_NOT_TRUSTED', message);
    await product.ready('head');
    const { beganOn } = await product.jobs.facts();
    if (beganOn === null) return;
    const today = BusinessDay.of(product.now());
    let [after, swept, refused] = ['', 0, 0];
    for (;;) {
      const accounts = await product.jobs.accountsWithLotsDue(beganOn, today, ACCOUNTS_AT_ONCE, after);
      for (let i = 0; i < accounts.length; i += SIDE_BY_SIDE) {
        context.stopping.throwIfAborted();
        const answers = await Promise.all(
          accounts.slice(i, i + SIDE_BY_SIDE).map(account => expire(product, account, today)),
        );
        refused += answers.filter(kind => kind === 'rejected').length;
      }
      swept += accounts.length;
      await context.progress(swept, swept, 'accounts');
      if (accounts.length < ACCOUNTS_AT_ONCE) break;
      after = accounts.at(-1)!;
    }
    if (refused > 0) throw new Error(`${refused} of ${swept} accounts refused to expire their lots`);
  });
}

async function expire(product: Product, account: AccountId, today: BusinessDay): Promise<string> {
  const caller = callerOf(EXPIRE_LOTS, `${EXPIRE_LOTS}/${account}/${BusinessDay.text(today)}`);
  return (await product.prepaid.expireDue(account, caller)).kind;
}

/** Debits the monthly fees of a month, once per contract. */
function startMonthFees(product: Product): JobHandler {
  return handler(START_MONTH, z.strictObject({ month: z.string() }), async (payload, context) => {
    const caller = callerOf(START_MONTH, `${START_MONTH}/${payload.month}`);
    const progress: Progress = (done, total, what) => {
      context.progress(done, total, what).catch(() => undefined);
    };
    const watcher = { progress, signal: context.stopping };
    const input = { month: BusinessMonth.parse(payload.month) };
    const answer = await perform(product, startMonth, input, caller, watcher);
    if (answer.kind === 'rejected') throw failure(answer.rejection.code, saidOf(answer.rejection).en);
    if (answer.kind === 'done' && answer.value.refused > 0)
      throw new Error(`the fees of ${answer.value.refused} accounts were refused`);
  });
}

/** Books the ends that are due. Decisions know them without this. */
function endContracts(product: Product): JobHandler {
  return handler(END_CONTRACTS, z.strictObject({}), async (_, context) => {
    await product.ready('head');
    const today = BusinessDay.text(BusinessDay.of(product.now()));
    for (const account of await product.contracts.accountsWithEndsDue()) {
      context.stopping.throwIfAborted();
      const caller = callerOf(END_CONTRACTS, `${END_CONTRACTS}/${account}/${today}`);
      const done = await product.contracts.endDue(account, caller);
      if (done.kind === 'rejected') throw failure(done.rejection.code, saidOf(done.rejection).en);
    }
  });
}

/** Suspends the service of those whose debt is older than the grace; each wallet decides it. */
function suspendOverdue(product: Product): JobHandler {
  return handler(SUSPEND_OVERDUE, z.strictObject({}), async (_, context) => {
    await product.ready('head');
    const today = BusinessDay.text(BusinessDay.of(product.now()));
    let [after, asked] = ['', 0];
    for (;;) {
      const accounts = await product.jobs.debtorsServed(ACCOUNTS_AT_ONCE, after);
      for (const account of accounts) {
        context.stopping.throwIfAborted();
        const caller = callerOf(SUSPEND_OVERDUE, `${SUSPEND_OVERDUE}/${account}/${today}`);
        const answer = await product.prepaid.suspendOverdue(account, caller);
        if (answer.kind === 'rejected') throw failure(answer.rejection.code, saidOf(answer.rejection).en);
      }
      asked += accounts.length;
      await context.progress(asked, asked, 'accounts');
      if (accounts.length < ACCOUNTS_AT_ONCE) return;
      after = accounts.at(-1)!;
    }
  });
}

/** Goes on with an order that the process which placed it did not bring to its end. */
function goOnWithOrder(product: Product): JobHandler {
  const payload = z.strictObject({ account: z.string(), order: z.string() });
  return handler(GO_ON_WITH_ORDER, payload, async ({ account, order }) => {
    await product.ready('log');
    const caller = callerOf(GO_ON_WITH_ORDER, `${GO_ON_WITH_ORDER}/${account}/${order}`);
    await product.contracts.goOnWithOrder(parseAccountId(account), order, caller);
    await product.devices.goOnWithRefunds(parseAccountId(account), order, caller);
  });
}

/** Goes on with a cart that became an order, and tells the cart what became of it. */
function goOnWithCart(product: Product): JobHandler {
  const payload = z.strictObject({ account: z.string(), circle: z.string().nullable() });
  return handler(GO_ON_WITH_CART, payload, async ({ account, circle }) => {
    await product.ready('log');
    const caller = callerOf(GO_ON_WITH_CART, `${GO_ON_WITH_CART}/${account}/${circle ?? ''}`);
    const of = { account: parseAccountId(account), ...(circle !== null && { circle }) };
    await product.carts.goOn(of, caller);
  });
}

/** Goes through all that are due, ids ascending: one that cannot go on keeps none of the others waiting. */
async function goThrough<Id extends string>(
  what: string,
  context: JobContext,
  due: (limit: number, after: string) => Promise<Id[]>,
  goOn: (id: Id) => Promise<void>,
): Promise<void> {
  let [after, asked] = ['', 0];
  const failed: unknown[] = [];
  for (;;) {
    const ids = await due(ACCOUNTS_AT_ONCE, after);
    for (const id of ids) {
      context.stopping.throwIfAborted();
      await goOn(id).catch(error => failed.push(error));
    }
    asked += ids.length;
    await context.progress(asked, asked, what);
    if (ids.length < ACCOUNTS_AT_ONCE) break;
    after = ids.at(-1)!;
  }
  if (failed.length > 0)
    throw new AggregateError(failed, `${failed.length} of ${asked} ${what} did not go on: ${failed[0]}`);
}

/**
 * Asks gateways what became of open payments; what one of them does not answer is asked again later. Books
 * deposits whose import, or whose decision, broke off before.
 */
function inquirePayments(product: Product): JobHandler {
  return handler(INQUIRE_PAYMENTS, z.strictObject({}), async (_, context) => {
    await product.ready('log');
    const { payments } = product;
    const due = (limit: number, after: string) => payments.open(limit, after);
    await goThrough('payments', context, due, payment =>
      payments.goOn(payment, callerOf(INQUIRE_PAYMENTS, `${INQUIRE_PAYMENTS}/${payment}`)),
    );
    const { deposits } = product;
    const waiting = (limit: number, after: string) => deposits.open(limit, after);
    await goThrough('deposits', context, waiting, deposit =>
      deposits.goOn(deposit, callerOf(INQUIRE_PAYMENTS, `${INQUIRE_PAYMENTS}/${deposit}`)),
    );
  });
}

/** Mails and charges what balances call for, where the process that changed one did not get to it. */
function watchBalances(product: Product): JobHandler {
  return handler(WATCH_BALANCES, z.strictObject({}), async (_, context) => {
    await product.ready('log');
    const { recharging } = product;
    const due = (limit: number, after: string) => recharging.due(limit, after);
    await goThrough('accounts', context, due, account =>
      recharging.look(account, callerOf(WATCH_BALANCES, `${WATCH_BALANCES}/${account}`)),
    );
  });
}

/** Tells customers of value that will expire soon. */
function tellExpiry(product: Product): JobHandler {
  return handler(TELL_EXPIRY, z.strictObject({}), async (_, context) => {
    await product.ready('head');
    const { recharging } = product;
    const due = (limit: number, after: string) => recharging.expiring(limit, after);
    await goThrough('accounts', context, due, account =>
      recharging.tellExpiry(account, callerOf(TELL_EXPIRY, `${TELL_EXPIRY}/${account}`)),
    );
  });
}

/** Tells a customer what happened. A mail server that is busy is tried again; staff see what is parked. */
function sendNotice(product: Product): JobHandler {
  return handler(SEND_NOTICE, z.strictObject({ position: z.int().min(1) }), async ({ position }) => {
    await product.ready('log');
    await product.notices.tell(position, callerOf(SEND_NOTICE, `${SEND_NOTICE}/${position}`));
  });
}

/** Drops records that no event refers to, and destroys the keys of accounts that were erased. */
function sweepPersonal(product: Product): JobHandler {
  return handler(SWEEP_PERSONAL, z.strictObject({}), async () => {
    await product.ready('head');
    await product.parties.sweep();
  });
}

/** Debits the fee of a change of name that the process which approved it did not debit. */
function chargeNameChange(product: Product): JobHandler {
  return handler(CHARGE_NAME_CHANGE, z.strictObject({ account: z.string() }), async ({ account }) => {
    await product.ready('log');
    const caller = callerOf(CHARGE_NAME_CHANGE, `${CHARGE_NAME_CHANGE}/${account}`);
    await product.parties.nameFees.charge(parseAccountId(account), caller);
  });
}

/** Every job of the product. */
export const handlersOf = (product: Product): readonly JobHandler[] => [
  startMonthFees(product),
  endContracts(product),
  suspendOverdue(product),
  goOnWithOrder(product),
  goOnWithCart(product),
  inquirePayments(product),
  watchBalances(product),
  tellExpiry(product),
  chargeNameChange(product),
  sendNotice(product),
  sweepPersonal(product),
  closeMonth(product),
  expireLots(product),
];
