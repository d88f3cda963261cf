import { pino } from 'pino';
import { Instant } from '#kernel';
import { startServer } from '#nest';
import type { Clock } from '#ports';
import type { Product } from '#runtime';
import { type JourneyHome, SimulatedClock } from '#testing';
import { firstKey, type Home, keyOf } from './cluster-home.js';
import { Fleet } from './fleet.js';
import { PatientClient } from './patient-client.js';
import type { App } from './program.js';

/** Where a provider's month is played: a client outside, and whatever the product runs on behind it. */
export interface Stage {
  readonly client: PatientClient;
  /** Whether its time stands still between two jumps, and nobody else works on its books. */
  readonly still: boolean;
  /** The time jumps; what happens meanwhile is the stage's matter. */
  moveTo(now: Instant): Promise<void>;
  /** No more trouble from here on: what has happened is to be proven. */
  calm(): Promise<void>;
  /** The product from inside, for what operators do at the machine. */
  look<Result>(work: (product: Product) => Promise<Result>): Promise<Result>;
  end(): Promise<void>;
}

/** Opens a stage on which nothing has happened yet, with its clock at `now`. */
export type OpenStage = (now: Instant) => Promise<Stage>;

/** A product in this process, behind a server in this process, undisturbed. */
export const inProcess =
  (open: (clock: Clock) => Promise<JourneyHome>): OpenStage =>
  async now => {
    const clock = new SimulatedClock(Instant.text(now));
    const { product, directory, end } = await open(clock);
    // The home closes it.
    const lasting = { ...product, close: async () => undefined };
    const logger = pino({ level: 'silent' });
    const server = await startServer({ product: lasting, directory, port: 0, logger });
    return {
      client: new PatientClient(() => [server.url], await keyOf(product)),
      still: true,
      moveTo: async to => clock.moveTo(Instant.text(to)),
      calm: async () => undefined,
      look: work => work(product),
      async end() {
        await server.close();
        await end();
      },
    };
  };

/** Programs of a cluster, killed one after the other at random moments until the stage is calm. */
export interface TroubledStage extends Stage {
  readonly fleet: Fleet;
}

export async function troubled(
  home: Home,
  apps: readonly App[],
  given: { readonly now: Instant; readonly random: () => number },
): Promise<TroubledStage> {
  const { random } = given;
  let { now } = given;
  const token = await firstKey(home, now);
  const fleet = await Fleet.start(apps, home.env, now);
  const trouble = (): void => fleet.killAtRandom(random, KILLS);
  trouble();
  return {
    fleet,
    client: new PatientClient(fleet.servers, token),
    still: false,
    async moveTo(to) {
      now = to;
      await fleet.leaveAlone();
      await fleet.moveTo(to);
      trouble();
    },
    calm: () => fleet.leaveAlone(),
    async look(work) {
      const product = await home.open(now);
      try {
        return await work(product);
      } finally {
        await product.close();
      }
    },
    end: () => fleet.end(),
  };
}

/** Often enough that most phases meet several, seldom enough that a program comes up between two. */
const KILLS = { leastMs: 1_000, mostMs: 3_000 };
