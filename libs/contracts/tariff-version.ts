import {
  assertNever,
  type Codec,
  type Decider,
  happened,
  Instant,
  nothing,
  nothingSecretIn,
  type Outcome,
  rejected,
} from '#kernel';

/**
 * Events of `tariff-<name>`: each publication is the whole tariff, a new version. Rows are kept in the stored
 * form of the rating context (this context sells tariffs, it does not price with them).
 */
export type TariffEvent = {
  readonly type: 'TariffPublished';
  readonly at: Instant;
  readonly tariff: string;
  /** Counts from 1. */
  readonly version: number;
  /** SHA-256 of the rows' canonical JSON. */
  readonly hash: string;
  readonly rows: readonly unknown[];
};
export type TariffCommand = {
  readonly type: 'PublishTariff';
  readonly now: Instant;
  readonly tariff: string;
  readonly hash: string;
  readonly rows: readonly unknown[];
};
export const TARIFF_REJECTIONS = ['TARIFF_EMPTY'] as const;
export type TariffRejection = (typeof TARIFF_REJECTIONS)[number];
export interface TariffState {
  readonly version: number;
  readonly hash: string;
  readonly rows: readonly unknown[];
  /** Of the newest version; null before the first. */
  readonly publishedAt: Instant | null;
}

export const tariffStream = (tariff: string): string => `tariff-${tariff}`;

function decide(command: TariffCommand, state: TariffState): Outcome<TariffEvent, TariffRejection> {
  if (command.rows.length === 0) return rejected('TARIFF_EMPTY', 'a tariff needs at least one row');
  if (state.hash === command.hash) return nothing('these rows are published already');
  const { now: at, tariff, hash, rows } = command;
  return happened<TariffEvent>({
    type: 'TariffPublished',
    at,
    tariff,
    version: state.version + 1,
    hash,
    rows,
  });
}

export const tariffVersion: Decider<TariffCommand, TariffEvent, TariffState, TariffRejection> = {
  name: 'tariff',
  initial: { version: 0, hash: '', rows: [], publishedAt: null },
  fresh: () => ({ version: 0, hash: '', rows: [], publishedAt: null }),
  decide,
  evolve: (_state, { version, hash, rows, at }) => ({ version, hash, rows, publishedAt: at }),
};

export const tariffCodec: Codec<TariffEvent> = {
  secrets: nothingSecretIn('contracts.TariffPublished.v1'),
  occurredAt: event => event.at,
  encode(event) {
    switch (event.type) {
      case 'TariffPublished': {
        const { tariff, version, hash, rows } = event;
        return {
          type: 'contracts.TariffPublished.v1',
          data: { at: Instant.text(event.at), tariff, version, hash, rows },
        };
      }
      default:
        return assertNever(event.type);
    }
  },
  decode(type, data) {
    if (type !== 'contracts.TariffPublished.v1')
      throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
    const { at, tariff, version, hash, rows } = data as Omit<TariffEvent, 'type' | 'at'> & { at: string };
    return { type: 'TariffPublished', at: Instant.parse(at), tariff, version, hash, rows };
  },
};
