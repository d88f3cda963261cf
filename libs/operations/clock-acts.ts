import {
  type CodeOf,
  common,
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
 * `jumped`: against the steady time of the process. `ahead`: at a start, of the newest event. `unreadable`:
 * nobody can tell, as the log cannot be read there.
 */
export type ClockDoubtReason = 'jumped' | 'ahead' | 'unreadable';

/** Finer than a millisecond, in whatever form a number of JavaScript had: `05.361.2019`, `05.3612019`. */
const FINER = /\.(\d{3})[\d.e-]+(?=[+Z])/;

/** As every instant. An earlier build wrote more digits of what it believed: they are cut when read. */
const believedFact = fact.stored<Instant>('instant', Instant.text, (stored: string) =>
  Instant.parse(stored.replace(FINER, '.$1')),
);

const doubtFacts = {
  why: fact.id<ClockDoubtReason>(),
  /** What the clock showed. */
  shown: fact.instant,
  /** What it should have shown, as far as can be told. */
  believed: believedFact,
};

/**
 * What is known of the machines' clocks. What was recorded since a doubt may bear a wrong time: a process
 * that starts must not believe its clock because of it.
 */
export const clockEvents = defineEvents(
  { context: 'operations', stream: 'clock' },
  {
    ClockMistrusted: event(
      { ...doubtFacts },
      {
        act: false,
        word: {
          ja: '時計が信用できない。失効・締め・月替わりを止めた。',
          en: 'A clock cannot be trusted: expiry, close and the turn of a month wait.',
        },
        sentence: {
          ja: '時計が {shown} を示した（見込み {believed}）。信用できるまで失効・締め・月替わりを止めた。',
          en: 'A clock showed {shown} instead of about {believed}: what time alone causes waits.',
        },
      },
    ),
    ClockFoundRight: event(
      { shown: fact.instant },
      {
        act: false,
        word: { ja: '時計が正しい時刻に戻った。', en: 'The clock shows the right time again.' },
        sentence: {
          ja: '時計が {shown} を示し、正しい時刻に戻った。',
          en: 'The clock shows {shown}, which is right again.',
        },
      },
    ),
    ClockConfirmed: event(
      { shown: fact.instant, by: fact.text, why: fact.text },
      {
        word: {
          ja: '担当者が時計の時刻を正しいと確認した。',
          en: 'Somebody confirmed that the clock is right: who and why.',
        },
        sentence: {
          ja: '{by} が時計の時刻 {shown} を正しいと確認した。理由「{why}」。',
          en: '{by} confirmed that {shown} is the right time: "{why}".',
        },
      },
    ),
  },
);
export type ClockEvent = EventOf<typeof clockEvents>;

interface Shown {
  readonly now: Instant;
}
export type ClockCommand =
  | (Shown & { readonly type: 'MistrustClock'; readonly why: ClockDoubtReason; readonly believed: Instant })
  | (Shown & { readonly type: 'FindClockRight' })
  | (Shown & {
      readonly type: 'ConfirmClock';
      readonly by: string;
      readonly why: string | undefined;
      /** This process itself doubts its clock: an outside fact. */
      readonly doubted: boolean;
    });

/** In the order in which they are tested. */
export const clockRefusals = defineRefusals({
  REASON_REQUIRED: common.REASON_REQUIRED,
});

/** Why a command may have nothing to do. */
const clockUnchanged = defineUnchanged({
  DOUBTED_BEFORE: { ja: '時計が信用できないことは、既に分かっています。', en: 'it is known already' },
  NOT_DOUBTED: { ja: '時計は疑われていません。', en: 'nobody doubted it' },
  CLOCK_TRUSTED: { ja: '時計は信用されています。', en: 'the clock is trusted' },
});
export type ClockRejection = CodeOf<typeof clockRefusals>;

export interface ClockState {
  /** The first doubt that nobody has resolved; null when there is none. */
  readonly doubt: { readonly shown: Instant; readonly believed: Instant } | null;
  /** The newest time that a person confirmed; null before the first. */
  readonly confirmed: Instant | null;
}

export const CLOCK_STREAM = 'clock';

function decide(command: ClockCommand, state: ClockState): Outcome<ClockEvent, ClockRejection> {
  const { now } = command;
  switch (command.type) {
    case 'MistrustClock': {
      if (state.doubt) return nothing(clockUnchanged.DOUBTED_BEFORE);
      const { why, believed } = command;
      return happened<ClockEvent>({ type: 'ClockMistrusted', at: now, why, shown: now, believed });
    }
    case 'FindClockRight':
      if (!state.doubt) return nothing(clockUnchanged.NOT_DOUBTED);
      return happened<ClockEvent>({ type: 'ClockFoundRight', at: now, shown: now });
    case 'ConfirmClock': {
      const { by, doubted } = command;
      const why = command.why?.trim();
      if (!why) return rejected(clockRefusals.REASON_REQUIRED);
      if (!doubted && !state.doubt) return nothing(clockUnchanged.CLOCK_TRUSTED);
      return happened<ClockEvent>({ type: 'ClockConfirmed', at: now, shown: now, by, why });
    }
  }
}

export const clockTrust: Decider<ClockCommand, ClockEvent, ClockState, ClockRejection> = {
  name: 'clockTrust',
  fresh: () => ({ doubt: null, confirmed: null }),
  decide,
  evolve(state, happening) {
    switch (happening.type) {
      case 'ClockMistrusted':
        return { ...state, doubt: { shown: happening.shown, believed: happening.believed } };
      case 'ClockFoundRight':
        return { ...state, doubt: null };
      case 'ClockConfirmed':
        return { doubt: null, confirmed: happening.shown };
    }
  },
};

/**
 * The newest instant that is certain to be past when a process starts. What was recorded under a doubt proves
 * nothing; what a person confirmed does.
 * @param newest when the newest event was recorded; null for an empty log
 */
export function certainlyPast(newest: Instant | null, { doubt, confirmed }: ClockState): Instant | null {
  if (newest === null) return null;
  const believed = doubt && newest >= doubt.shown ? doubt.believed : newest;
  return confirmed === null ? believed : Instant.later(believed, confirmed);
}
