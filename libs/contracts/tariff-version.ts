import {
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';

/**
 * Events of `tariff-<name>`: each publication is the whole tariff, a new version. Rows are kept in the stored
 * form of the rating context (this context sells tariffs, it does not price with them).
 */
export const tariffEvents = defineEvents(
  { context: 'contracts', stream: 'tariff-<name>' },
  {
    TariffPublished: event(
      {
        tariff: fact.text,
        /** Counts from 1. */
        version: fact.whole,
        /** SHA-256 of the rows' canonical JSON. */
        hash: fact.text,
        rows: fact.listOf(fact.json<unknown>('row of the tariff file')),
      },
      {
        word: {
          ja: '料金表を新しい版として公開した。',
          en: 'A tariff was published, whole, as a new version.',
        },
        sentence: {
          ja: '料金表 {tariff} の第{version}版（{rows} 行）を公開した。',
          en: 'Version {version} of tariff {tariff} was published with {rows} row(s).',
        },
      },
    ),
  },
);
export type TariffEvent = EventOf<typeof tariffEvents>;
export type TariffCommand = {
  readonly type: 'PublishTariff';
  readonly now: Instant;
  readonly tariff: string;
  readonly hash: string;
  readonly rows: readonly unknown[];
};
export const tariffRefusals = defineRefusals({
  TARIFF_EMPTY: {
    status: 422,
    ja: '料金表には1行以上が必要です。',
    en: 'A tariff needs at least one row.',
  },
});

/** Why a command may have nothing to do. */
const tariffUnchanged = defineUnchanged({
  SAME_ROWS: { ja: 'この料金表は、既にこの内容で公開されています。', en: 'these rows are published already' },
});
export type TariffRejection = CodeOf<typeof tariffRefusals>;
export interface TariffState {
  readonly version: number;
  readonly hash: string;
  readonly rows: readonly unknown[];
  /** Of the newest version; null before the first. */
  readonly publishedAt: Instant | null;
}

export const tariffStream = (tariff: string): string => `tariff-${tariff}`;

function decide(command: TariffCommand, state: TariffState): Outcome<TariffEvent, TariffRejection> {
  if (command.rows.length === 0) return rejected(tariffRefusals.TARIFF_EMPTY);
  if (state.hash === command.hash) return nothing(tariffUnchanged.SAME_ROWS);
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
  fresh: () => ({ version: 0, hash: '', rows: [], publishedAt: null }),
  decide,
  evolve: (_state, { version, hash, rows, at }) => ({ version, hash, rows, publishedAt: at }),
};
