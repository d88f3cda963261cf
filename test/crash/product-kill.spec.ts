import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Instant } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import {
  BUSY_ACCOUNTS,
  BUSY_MONTHS,
  BusyProvider,
  type Phase,
  writeBusyFiles,
} from '../support/busy-provider.js';
import { type Child, startChild } from '../support/child.js';
import { type Appends, appendsOf } from '../support/log-appends.js';
import { wholeSnapshotOf } from '../support/product-snapshot.js';
import { SEED } from '../support/seed.js';
import { randomFrom, StandingClock } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** 200 in continuous integration; a quick look otherwise. */
const POINTS = Number.parseInt(process.env['DAICHO_CRASH_POINTS'] ?? '20', 10);
const KILLS_PER_DIRECTORY = 4;
/** A replay of all read models costs more than the rest; it is made after every so many kills. */
const REPLAY_EVERY = 5;
const PHASES: readonly Phase[] = ['live', 'import', 'close'];

interface Ack {
  readonly ms: number;
  readonly phase: Phase;
  readonly command: string;
}

const acksOf = (lines: readonly string[]): Ack[] =>
  lines
    .map(line => /^ack (\d+) (\w+) (\S+)$/.exec(line))
    .filter(match => match !== null)
    .map(match => ({ ms: Number(match[1]), phase: match[2] as Phase, command: match[3]! }));

const openAt = async (directory: string): Promise<{ product: Product; clock: StandingClock }> => {
  const clock = new StandingClock(Instant.parse('2025-12-31T00:00:00.000+09:00'));
  return { product: await openProduct({ directory, clock }), clock };
};

/** What a run that nobody disturbed leaves. */
interface Undisturbed {
  readonly acks: readonly Ack[];
  readonly snapshot: unknown;
  readonly appends: Appends;
}

/**
 * Events per command, but for what tells how often a run was begun: drafts of a close, and an import's own
 * counts.
 */
const comparable = ({ perCommand }: Appends): [string, number][] =>
  [...perCommand].filter(([id]) => !/\/draft\/\d+$/.test(id)).sort(([a], [b]) => (a < b ? -1 : 1));

describe(`kill -9 of the product at ${POINTS} random points (DAICHO_SEED=${SEED})`, () => {
  const root = temporaryDirectory();
  const files = join(root, 'files');
  const random = randomFrom(SEED);
  const hits: Record<Phase, number> = { live: 0, import: 0, close: 0 };
  let undisturbed: Undisturbed;
  let spare: Child;
  let kills = 0;

  /** A child that has loaded everything; the one after it begins to load meanwhile. */
  const warmChild = async (): Promise<Child> => {
    const child = spare;
    spare = startChild('test/crash/busy-provider.fixture.ts');
    await child.printed('ready');
    return child;
  };
  const work = (child: Child, directory: string) => child.process.stdin!.write(`${directory}\t${files}\n`);

  beforeAll(async () => {
    writeBusyFiles(files);
    spare = startChild('test/crash/busy-provider.fixture.ts');
    const directory = join(root, 'undisturbed');
    const child = await warmChild();
    work(child, directory);
    await child.printed('finished');
    expect(await child.ended).toBe(0);
    const { product } = await openAt(directory);
    const snapshot = await wholeSnapshotOf(product, BUSY_ACCOUNTS, BUSY_MONTHS);
    undisturbed = { acks: acksOf(child.lines), snapshot, appends: await appendsOf(product) };
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
    await product.close();
  });
  afterAll(async () => {
    await spare.kill();
    rmSync(root, { recursive: true, force: true });
  });

  /** The moment of a kill: after so many acknowledgements, and so many milliseconds later. */
  const pickMoment = (phase: Phase): { after: number; ms: number } => {
    const { acks } = undisturbed;
    const within = acks.flatMap((ack, i) => (ack.phase === phase ? [i] : []));
    const total = within.reduce((sum, i) => sum + stepMs(i), 0);
    let left = random() * total;
    for (const i of within) {
      if (left < stepMs(i)) return { after: i, ms: left };
      left -= stepMs(i);
    }
    return { after: within.at(-1)!, ms: 0 };
  };
  const stepMs = (i: number): number =>
    Math.max(0.5, undisturbed.acks[i]!.ms - (undisturbed.acks[i - 1]?.ms ?? 0));

  /** Counts nothing when it had finished before the kill came. */
  const killOnce = async (directory: string, moment: { after: number; ms: number }): Promise<void> => {
    const child = await warmChild();
    work(child, directory);
    await child.printed(moment.after === 0 ? 'open' : () => acksOf(child.lines).length >= moment.after);
    if (moment.ms >= 1) await delay(moment.ms);
    await child.kill();
    if (child.lines.includes('finished')) return;
    const acks = acksOf(child.lines);
    const next = undisturbed.acks[acks.length];
    if (next) hits[next.phase]++;
    await checkAfterKill(directory, acks);
  };

  const checkAfterKill = async (directory: string, acks: readonly Ack[]): Promise<void> => {
    const { product } = await openAt(directory);
    expect(await product.audit.verify()).toMatchObject({ ok: true });
    const { perCommand, scattered, callsTwice } = await appendsOf(product);
    expect(acks.filter(ack => !perCommand.has(ack.command))).toEqual([]);
    expect({ scattered, callsTwice }).toEqual({ scattered: [], callsTwice: [] });
    const whole = new Map(undisturbed.appends.perCommand);
    const partly = [...perCommand].filter(([id, count]) => whole.has(id) && whole.get(id) !== count);
    expect(partly).toEqual([]);
    const trial = await product.prepaid.trialBalance();
    expect(trial.debit).toBe(trial.credit);
    if (++kills % REPLAY_EVERY === 0)
      expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
    await product.close();
  };

  /** The same commands again, by another process, without anybody's help. */
  const finish = async (directory: string): Promise<void> => {
    const { product, clock } = await openAt(directory);
    await new BusyProvider(product, clock, files, () => undefined).run();
    clock.at = Instant.parse('2025-12-31T00:00:00.000+09:00');
    expect(await product.audit.verify()).toMatchObject({ ok: true });
    expect(await wholeSnapshotOf(product, BUSY_ACCOUNTS, BUSY_MONTHS)).toEqual(undisturbed.snapshot);
    expect(comparable(await appendsOf(product))).toEqual(comparable(undisturbed.appends));
    await product.close();
  };

  /** What the next directory's kills should hit; a phase that was missed so far is tried until it is hit. */
  const wanted = (): Phase[] => {
    if (kills >= POINTS) return PHASES.filter(phase => hits[phase] === 0);
    const next = Array.from({ length: KILLS_PER_DIRECTORY }, (_, i) => PHASES[(kills + i) % PHASES.length]!);
    return next.slice(0, POINTS - kills);
  };

  it(
    'keeps every acknowledged command once and goes on by itself to the books of a run never killed',
    async () => {
      for (let n = 0; wanted().length > 0 && kills < 2 * POINTS + 50; n++) {
        const directory = join(root, `killed-${n}`);
        mkdirSync(directory);
        const moments = wanted()
          .map(pickMoment)
          .sort((a, b) => a.after - b.after);
        for (const moment of moments) await killOnce(directory, moment);
        await finish(directory);
        rmSync(directory, { recursive: true });
      }
      console.info(`kills by what was going on: ${JSON.stringify(hits)}, DAICHO_SEED=${SEED}`);
      for (const phase of PHASES) expect(hits[phase]).toBeGreaterThan(0);
    },
    60_000 + POINTS * 5_000,
  );
});
