import { performance } from 'node:perf_hooks';
import { systemClock } from '#adapters/clock';
import { InvalidInput } from '#kernel';
import {
  type Clock,
  type EventStore,
  type JobQueue,
  type LogProof,
  type PersonalDataStore,
  type ReadStore,
  StoreUnavailable,
  storeProblems,
} from '#ports';
import {
  composeProduct,
  type IdentityPorts,
  LogFollower,
  type PaymentPorts,
  PositionWatch,
  PROJECTIONS,
  type Product,
  type ProjectorParts,
  type RunningProjections,
  readyFor,
  rebuildBeside,
  runProjections,
  trustOf,
  untilReadable,
} from '#runtime';
import { eventStoreOver } from './event-store-over.js';
import { openHeavyWork } from './heavy-work.js';

/** Read models in a server that several processes share. */
export interface SharedReadStore extends ReadStore {
  scratch(): Promise<{ readModels: ReadStore; discard(): Promise<void> }>;
  still(): Promise<{ readModels: ReadStore; head: number; release(): Promise<void> }>;
}

export interface ClusterOptions {
  readonly events: EventStore;
  readonly readModels: SharedReadStore;
  /** What proves the log of `events`. */
  readonly proof: LogProof;
  /** The queue of jobs; without one this process can neither see nor do any. */
  readonly jobs?: () => JobQueue;
  /** What logins need; without it nobody can sign in. */
  readonly identity?: IdentityPorts | undefined;
  /** Where customers pay; without it nobody can order prepaid value. */
  readonly payments?: PaymentPorts | undefined;
  /** Where personal data lie; without it this process can neither read nor keep any. */
  readonly personal?: PersonalDataStore | undefined;
  /** The machine's clock without one. */
  readonly clock?: Clock;
  /**
   * This process also builds read models, together with the others that do. Without it some worker must run:
   * opening waits for it.
   */
  readonly project?: boolean | Pick<ProjectorParts, 'batchSize' | 'lookMs' | 'observe'>;
  /** A query waits for what this process appended at most so long. Default 2,000 ms. */
  readonly ownWaitMs?: number;
  /** A close or an audit waits for every event at most so long. Default 60,000 ms. */
  readonly headWaitMs?: number;
  /**
   * Keys and sessions that this process has in memory count for so long after the log was last asked; then it
   * is asked again, or nobody comes in. Default 5,000 ms.
   */
  readonly trustedMs?: number;
  /** Opening waits for read models that are up to date at most so long. Default 600,000 ms. */
  readonly startWaitMs?: number;
  /** Closes the stores; `events.close` and `readModels.close` without it. */
  readonly close?: () => Promise<void>;
}

export interface ClusterProduct {
  readonly product: Product;
  /** Undefined where this process does not build read models. */
  readonly projections: RunningProjections | undefined;
  /** True as soon as queries see the event at this position, false after `timeoutMs`: `?wait=position`. */
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
}

/** So long a failed append makes the process unhealthy: then the next one must show it. */
const FAILURE_REMEMBERED_MS = 10_000;

/** The event store of this process: it remembers what was appended here, and why the last append failed. */
function watchAppends(events: EventStore) {
  let own = 0;
  let failure: { readonly reason: string; readonly at: number } | null = null;
  const append: EventStore['append'] = async requests => {
    try {
      const results = await events.append(requests);
      for (const result of results)
        if (result.kind === 'appended' && result.lastPosition > own) own = result.lastPosition;
      failure = null;
      return results;
    } catch (error) {
      if (error instanceof StoreUnavailable)
        failure = { reason: `${error.code}: ${error.message}`, at: performance.now() };
      throw error;
    }
  };
  return {
    events: { ...eventStoreOver(events), append },
    ownPosition: () => own,
    problem(): string | null {
      if (failure && performance.now() - failure.at > FAILURE_REMEMBERED_MS) failure = null;
      return failure?.reason ?? null;
    },
  };
}

async function backup(): Promise<never> {
  throw InvalidInput.of('backup', storeProblems.NOT_ON_A_CLUSTER);
}

/**
 * The whole product on an event store and read models that other processes share. Commands are answered after
 * the append; queries wait for what this process appended, up to a limit.
 * @throws StoreUnavailable when the read models are not up to date within `startWaitMs`
 */
export async function openClusterProduct(options: ClusterOptions): Promise<ClusterProduct> {
  const { readModels, clock = systemClock, project = false } = options;
  const { ownWaitMs = 2_000, headWaitMs = 60_000, startWaitMs = 600_000, trustedMs = 5_000 } = options;
  const appends = watchAppends(options.events);
  const { events } = appends;
  const watch = new PositionWatch(readModels, PROJECTIONS);
  const projections = project
    ? runProjections({ ...(project === true ? null : project), events, readModels, clock })
    : undefined;
  const close = async (): Promise<void> => {
    await projections?.stop();
    if (options.close) return options.close();
    await readModels.close();
    await events.close();
  };
  let position = 0;
  let trust: Awaited<ReturnType<typeof trustOf>> | undefined;
  try {
    position = await events.headPosition();
    trust = await trustOf(events, clock);
    await untilReadable(watch, readModels, PROJECTIONS, { position, timeoutMs: startWaitMs });
  } catch (error) {
    await close();
    throw error;
  }
  const rebuild = (progress?: Parameters<typeof rebuildBeside>[1]) => {
    const built = rebuildBeside({ events, readModels }, progress);
    projections?.lookNow();
    return built;
  };
  const follower = new LogFollower(events, position, { trustedMs, askingMs: 5_000 });
  const product = composeProduct({
    events,
    readModels,
    clock,
    trust,
    identity: options.identity,
    payments: options.payments,
    personal: options.personal,
    work: openHeavyWork(),
    ...(options.jobs && { jobs: options.jobs }),
    audit: {
      proof: options.proof,
      scratch: () => readModels.scratch(),
      still: () => readModels.still(),
      rebuild,
      backup,
    },
    shared: { head: position, follower },
    watch,
    ready: readyFor({ events, watch, follower, ownPosition: appends.ownPosition, ownWaitMs, headWaitMs }),
    writeProblem: () => appends.problem(),
    close,
  });
  return {
    product,
    projections,
    waitFor: product.waitFor,
  };
}
