import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import type { CallFacts } from '#ledger';
import { importCalls, type Product, perform, runClose } from '#runtime';
import { callLines, conflicting } from './call-lines.js';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  numberOfAccount,
  openProvider,
  StandingClock,
} from './small-provider.js';

/**
 * Two months of a small provider, the same every time: charges, running calls, call files, month-ends. Every
 * command has an id and the clock stands where the step wants it, so that a run that was interrupted can be
 * run again.
 */
export const BUSY_ACCOUNTS = accountNames(8);
export const BUSY_MONTHS = ['2025-10', '2025-11'];
export type Phase = 'live' | 'import' | 'close';
/** Told after each command was acknowledged. `answer` is what the product answered. */
export type Told = (phase: Phase, command: string, answer: unknown) => void;

const ROUNDS = 7;
const FILES = [
  { name: 'october-1.csv', from: '2025-10-01T00:00:00.000+09:00', days: 31, calls: 500 },
  { name: 'october-2.csv', from: '2025-10-01T00:00:00.000+09:00', days: 32, calls: 300 },
  { name: 'november.csv', from: '2025-10-25T00:00:00.000+09:00', days: 36, calls: 500 },
] as const;

/**
 * Writes the call files, with lines twice, ids with two bodies, unknown accounts and lines that are no calls.
 */
export function writeBusyFiles(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const [i, { name, from, days, calls }] of FILES.entries()) {
    const accounts = i === 1 ? [...BUSY_ACCOUNTS, 'NOBODY'] : BUSY_ACCOUNTS;
    const lines = callLines({ seed: i + 1, calls, accounts, from, days, prefix: `f${i}-` });
    const more = [...lines.slice(0, 20), ...lines.slice(20, 30).map(conflicting), 'no,call', lines[40]!];
    writeFileSync(join(directory, name), `${[CDR_HEADER, ...lines, ...more].join('\n')}\n`);
  }
}

const settledCall = (id: string, n: number, at: Instant, to: string): CallFacts => ({
  callId: id,
  direction: 'out',
  number: numberOfAccount(n),
  from: numberOfAccount(n),
  to,
  startedAt: at,
  answeredAt: Instant.plusMs(at, 4_000),
  endedAt: Instant.plusMs(at, 64_001),
  durationMs: 60_001,
  hangupCause: 'NORMAL_CLEARING',
});

export class BusyProvider {
  constructor(
    private readonly product: Product,
    private readonly clock: StandingClock,
    private readonly files: string,
    private readonly told: Told,
  ) {}

  /** Everything, from the first command on; what was done before is answered again. */
  async run(): Promise<void> {
    this.set('2025-10-01T09:00:00.000+09:00');
    await openProvider(this.product, BUSY_ACCOUNTS, '2025-10-01');
    await this.charge('first', 60_000);
    this.set('2025-10-20T10:00:00.000+09:00');
    await this.live('october', '03123456');
    this.set('2025-11-02T09:00:00.000+09:00');
    await this.import('october-1.csv');
    await this.import('october-2.csv');
    await this.close('2025-10');
    this.set('2025-11-20T10:00:00.000+09:00');
    await this.charge('second', 500);
    await this.live('november', '09012345');
    await this.correct();
    this.set('2025-12-02T09:00:00.000+09:00');
    await this.import('november.csv');
    await this.close('2025-11');
  }

  private set(at: string): void {
    this.clock.at = Instant.parse(at);
  }

  private async charge(which: string, yen: number): Promise<void> {
    for (const name of BUSY_ACCOUNTS) {
      const id = `charge/${which}/${name}`;
      const input = {
        account: parseAccountId(name),
        amount: Money.yen(yen),
        method: 'bank_transfer',
        lot: id,
      } as const;
      this.told('live', id, await this.product.prepaid.charge(input, callerOf(id)));
    }
  }

  /** Calls of all accounts at the same time, those of one account one after another. */
  private async live(which: string, to: string): Promise<void> {
    await Promise.all(
      BUSY_ACCOUNTS.map(async (name, n) => {
        for (let i = 0; i < ROUNDS; i++)
          await this.call(name, n + 1, `${which}/${name}/${i}`, i, `${to}${i}`);
      }),
    );
  }

  private async call(name: string, n: number, id: string, i: number, to: string): Promise<void> {
    const { prepaid } = this.product;
    const account = parseAccountId(name);
    const hold = `hold/${id}`;
    const amount = Money.yen(30);
    const tell = (command: string, answer: unknown): void => this.told('live', command, answer);
    const held = { account, hold, amount, purpose: 'call' };
    tell(hold, await prepaid.hold(held, callerOf(hold)));
    if (i % 5 === 1) {
      tell(`release/${id}`, await prepaid.releaseHold({ account, hold }, callerOf(`release/${id}`)));
      return;
    }
    if (i % 5 === 2)
      tell(`extend/${id}`, await prepaid.extendHold({ account, hold, amount }, callerOf(`extend/${id}`)));
    const call = settledCall(`live-${id}`, n, Instant.plusMs(this.clock.at, i * 90_000), to);
    tell(`cdr/${call.callId}`, await prepaid.settleHold({ account, hold, call }, callerOf(`settle/${id}`)));
  }

  private async correct(): Promise<void> {
    for (const name of BUSY_ACCOUNTS) {
      const account = parseAccountId(name);
      const reversal = `reverse/${name}`;
      const debit = `live-october/${name}/0`;
      const input = { account, reversal, debit, reason: '誤課金' };
      this.told('live', reversal, await this.product.prepaid.reverse(input, callerOf(reversal)));
      const adjustment = `adjust/${name}`;
      const amount = Money.of('-12.3456');
      const adjusted = { account, adjustment, amount, reason: '調整', approvedBy: null };
      this.told('live', adjustment, await this.product.prepaid.adjust(adjusted, callerOf(adjustment)));
    }
  }

  private async import(name: string): Promise<void> {
    const input = { path: join(this.files, name), format: 'csv', encoding: 'utf-8' } as const;
    const report = await perform(this.product, importCalls, input, callerOf(`import/${name}`));
    this.told('import', `import/${report.import}/complete`, report);
  }

  private async close(month: string): Promise<void> {
    const input = { month: BusinessMonth.parse(month), dryRun: false, force: false };
    const answer = await perform(this.product, runClose, input, callerOf(`close/${month}`));
    this.told('close', `close/${BUSY_ACCOUNTS.at(-1)}/${month}/recorded`, answer);
  }
}
