import {
  type AccountId,
  type Decider,
  defineEvents,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  nothing,
  type Outcome,
} from '#kernel';

/** What customers are told by mail when it has happened. */
const NOTICES = [
  ...(['order_completed', 'order_refused'] as const),
  ...(['cancelled', 'undone', 'ended', 'suspended', 'resumed'] as const),
  ...(['paper_approved', 'paper_asked_again', 'shipped'] as const),
  ...(['payment_instructions', 'payment_completed', 'payment_expired'] as const),
  ...([
    'balance_alert',
    'recharge_failed',
    'recharge_stopped',
    'value_expires',
    'charge_taken_back',
  ] as const),
] as const;
export type Notice = (typeof NOTICES)[number];

/** Why nobody was told. */
const NOT_TOLD = ['no_address', 'erased', 'no_sender', 'not_taken', 'told_elsewhere'] as const;
export type NotTold = (typeof NOT_TOLD)[number];

const told = {
  notice: fact.text,
  account: fact.id<AccountId>(),
  /** The command whose events are told. */
  command: fact.text,
  about: fact.oneOf(...NOTICES),
  /** Which of its addresses, from 1, and how many it has; 0 of 0 where there is none to be told. */
  address: fact.whole,
  addresses: fact.whole,
};

/**
 * Events of `notice-<id>`: one mail of business, about the events of one command. They say that it was handed
 * over, never to whom, and nothing of its text.
 */
export const noticeEvents = defineEvents(
  { context: 'contracts', stream: 'notice-<notice>' },
  {
    NoticeSent: event(told, {
      act: false,
      word: {
        ja: 'お客様へのお知らせメールを送信した。',
        en: 'A mail that tells a customer what happened was handed over.',
      },
      sentence: {
        ja: 'アカウント {account} へのお知らせ（{about|code}）を送信した（{addresses}件中{address}件目の宛先）。',
        en: 'Account {account} was told by mail ({about|code}), address {address} of {addresses}.',
      },
    }),
    NoticeLeft: event(
      { ...told, why: fact.oneOf(...NOT_TOLD) },
      {
        act: false,
        word: {
          ja: 'お知らせメールを送信しないと決めた。',
          en: 'A mail that would tell a customer what happened is not sent, and why.',
        },
        sentence: {
          ja: 'アカウント {account} へのお知らせ（{about|code}）は送信しなかった（{why|code}）。',
          en: 'Account {account} was not told by mail ({about|code}): {why|code}.',
        },
      },
    ),
  },
);
export type NoticeEvent = EventOf<typeof noticeEvents>;

export interface ToldOf {
  readonly notice: string;
  readonly account: AccountId;
  readonly command: string;
  readonly about: Notice;
  readonly address: number;
  readonly addresses: number;
}
export type NoticeCommand =
  | { readonly type: 'TellSent'; readonly now: Instant; readonly of: ToldOf }
  | { readonly type: 'LeaveNotice'; readonly now: Instant; readonly of: ToldOf; readonly why: NotTold };

const noticeUnchanged = defineUnchanged({
  NOTICE_DONE: { ja: 'このお知らせは、既に送信されています。', en: 'this was told already' },
});

export interface NoticeState {
  /** With how many of its addresses it is through. */
  readonly through: number;
  /** Nothing of it is left to send. */
  readonly done: boolean;
}

export const noticeStream = (notice: string): string => `notice-${notice}`;

function decide(command: NoticeCommand, state: NoticeState): Outcome<NoticeEvent, never> {
  const { now: at, of } = command;
  const isNext = of.address === state.through + 1 || of.addresses === 0;
  if (state.done || !isNext) return nothing(noticeUnchanged.NOTICE_DONE);
  return command.type === 'TellSent'
    ? happened<NoticeEvent>({ type: 'NoticeSent', at, ...of })
    : happened<NoticeEvent>({ type: 'NoticeLeft', at, ...of, why: command.why });
}

/** One mail of business: to each of its addresses handed over once, or left with a reason. */
export const notice: Decider<NoticeCommand, NoticeEvent, NoticeState, never> = {
  name: 'notice',
  fresh: () => ({ through: 0, done: false }),
  decide,
  evolve: (_, { address, addresses }) => ({ through: address, done: address >= addresses }),
};
