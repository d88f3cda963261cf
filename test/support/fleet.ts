import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '#kernel';
import { type App, type Program, type ProgramEnv, startProgram } from './program.js';
import { pickBelow, shuffled } from './small-provider.js';

/** What a program takes to start on a quiet machine of two cores. */
const USUAL_START_MS = 2_500;

/** A place for one program, which may be empty for a while. */
interface Berth {
  readonly app: App;
  program: Program | undefined;
  starting: Promise<void> | undefined;
}

/** The programs of a test: any number of servers and workers, killed and started again. */
export class Fleet {
  private readonly berths: readonly Berth[];
  private rampage: Promise<void> | undefined;
  private calm = true;
  /** How long the last program took to start: on a busy machine everything takes longer. */
  private startMs = 0;
  /** Which kind is killed next: both get their turn, however short the trouble. */
  private turn = 0;
  /** What was killed while it worked, in order. */
  readonly killed: App[] = [];

  private constructor(
    apps: readonly App[],
    private readonly env: ProgramEnv,
    private now: Instant,
  ) {
    this.berths = apps.map(app => ({ app, program: undefined, starting: undefined }));
  }

  /** Workers first: a server waits for one. */
  static async start(apps: readonly App[], env: ProgramEnv, now: Instant): Promise<Fleet> {
    const fleet = new Fleet(apps, env, now);
    await fleet.startMissing();
    return fleet;
  }

  /** Addresses of the servers that are up. */
  readonly servers = (): readonly string[] =>
    this.berths.flatMap(({ app, program }) => (app === 'server' && program ? [program.url] : []));

  private startMissing(): Promise<unknown> {
    return Promise.all(this.berths.map(berth => this.fill(berth)));
  }

  private fill(berth: Berth): Promise<void> {
    if (berth.program) return Promise.resolve();
    const began = performance.now();
    berth.starting ??= startProgram(berth.app, this.env, this.now)
      .then(program => {
        berth.program = program;
        this.startMs = performance.now() - began;
      })
      .finally(() => {
        berth.starting = undefined;
      });
    return berth.starting;
  }

  /**
   * Kills one program after the other at random moments, the first soon, servers and workers by turns, and
   * starts each again at once: as much later as starting takes longer than usual, else a busy machine would
   * only ever start programs. At least one is killed, however soon it is told to leave them alone.
   */
  killAtRandom(random: () => number, between: { readonly leastMs: number; readonly mostMs: number }): void {
    this.calm = false;
    this.rampage = (async () => {
      for (let [kills, leastMs] = [0, 0]; !this.calm || kills === 0; kills++, leastMs = between.leastMs) {
        const slower = Math.max(1, this.startMs / USUAL_START_MS);
        await delay(slower * (leastMs + pickBelow(random, between.mostMs - between.leastMs)));
        const berth = this.nextVictim(random);
        await this.fill(berth);
        if (this.calm && kills > 0) return;
        const program = berth.program!;
        berth.program = undefined;
        await program.kill();
        this.killed.push(berth.app);
        // It starts while the next one is killed.
        this.fill(berth).catch(() => undefined);
      }
    })();
    // Who ends it is told.
    this.rampage.catch(() => undefined);
  }

  private nextVictim(random: () => number): Berth {
    const kinds = [...new Set(this.berths.map(({ app }) => app))];
    const kind = kinds[this.turn++ % kinds.length];
    return shuffled(this.berths, random).find(({ app }) => app === kind)!;
  }

  /** No more kills; everything is up again. */
  async leaveAlone(): Promise<void> {
    this.calm = true;
    await this.rampage;
    await this.startMissing();
  }

  /** The time jumps: every program is killed and started again with its clock at this instant. */
  async moveTo(now: Instant): Promise<void> {
    await this.end();
    this.now = now;
    await this.startMissing();
  }

  /** Kills what there is. */
  async end(): Promise<void> {
    this.calm = true;
    await this.rampage;
    await Promise.all(this.berths.map(({ starting }) => starting?.catch(() => undefined)));
    for (const berth of this.berths) {
      const { program } = berth;
      berth.program = undefined;
      await program?.kill();
    }
  }
}
