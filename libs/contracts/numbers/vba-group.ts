import {
  type AccountId,
  assertNever,
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
  type Sentence,
} from '#kernel';
import type { PaperKind } from '../parties/papers.js';

/** Papers that a country asks for before it gives a number (VBA-04). */
export const CERTIFICATES = ['WORLDWIDE', 'NATIONAL', 'LOCAL'] as const;
export type Certificate = (typeof CERTIFICATES)[number];

/** Overseas numbers of one place, which are sold by count and not by their digits (VBA-03). */
export interface VbaGroupFacts {
  readonly country: string;
  /** Empty where the country has no states. */
  readonly state: string;
  /** Empty where the group is of the whole country. */
  readonly city: string;
  /** `010`, the country code and the area code. */
  readonly areaCode: string;
  readonly tollFree: boolean;
  readonly certificate: Certificate | null;
  readonly product: string;
}

/** What an order and an invoice call the numbers of a group (VBA-08). */
export function vbaNames({ country, city, areaCode, tollFree }: VbaGroupFacts): Sentence {
  const named = `(${city === '' ? country : city}) [${areaCode}]`;
  return {
    ja: `海外電話番号VBA ${named}${tollFree ? '〈トールフリー〉' : ''}`,
    en: `Overseas number VBA ${named}${tollFree ? ' (toll-free)' : ''}`,
  };
}

/** What is asked for, as a sentence goes on to say it (VBA-04). */
export const CERTIFICATE_WORDS: Readonly<Record<Certificate, Sentence>> = {
  WORLDWIDE: {
    ja: '運転免許証、パスポート、住民票、公共料金の領収書、公的な身分証明書の写しのいずれか',
    en: 'a driving licence, passport, residence certificate, utility receipt or copy of a public ID',
  },
  NATIONAL: { ja: '番号の国にある住所の証明', en: 'the proof of an address in the country of the number' },
  LOCAL: { ja: '番号の地域にある住所の証明', en: 'the proof of an address in the place of the number' },
};

/** Identity papers of which any one suffices, wherever its holder lives. */
const WORLDWIDE: readonly PaperKind[] = [
  ...(['driving_licence', 'passport', 'residence_card', 'residence_certificate'] as const),
  ...(['resident_register_card', 'utility_receipt', 'representative_identity'] as const),
];

/**
 * Whether approved papers prove what a group asks for. Where an address lies, no kind of paper says: for an
 * address abroad staff look at the papers and place the order.
 */
export const isProven = (certificate: Certificate | null, papers: readonly PaperKind[]): boolean =>
  certificate === null || (certificate === 'WORLDWIDE' && papers.some(kind => WORLDWIDE.includes(kind)));

const groupFacts = {
  country: fact.text,
  state: fact.text,
  city: fact.text,
  areaCode: fact.text,
  tollFree: fact.flag,
  certificate: fact.orNull(fact.oneOf(...CERTIFICATES)),
  product: fact.text,
};

/** Events of `vbaGroup-<group>`. Never are more numbers sold and kept than there are. */
export const vbaGroupEvents = defineEvents(
  { context: 'contracts', stream: 'vbaGroup-<group>' },
  {
    VbaGroupStocked: event(
      {
        group: fact.text,
        ...groupFacts,
        /** All that there ever were, those sold included: the same file again changes nothing. */
        numbers: fact.whole,
      },
      {
        word: {
          ja: '海外電話番号グループの在庫を登録した。',
          en: 'A group of overseas numbers is in stock, with so many numbers in all.',
        },
        sentence: {
          ja: '海外電話番号グループ {group}（{country} {city}）の番号数を {numbers} とした。',
          en: 'Group {group} ({country} {city}) has {numbers} overseas number(s) in all.',
        },
      },
    ),
    VbaNumbersReserved: event(
      {
        group: fact.text,
        account: fact.id<AccountId>(),
        cart: fact.text,
        quantity: fact.whole,
        until: fact.instant,
      },
      {
        word: {
          ja: '海外電話番号をカートのために確保した。数量0で確保の終わり。',
          en: 'So many numbers are kept for this cart until then; 0 ends it.',
        },
        sentence: {
          ja: 'グループ {group} の海外電話番号 {quantity} 個をカートのために {until|time} まで確保した。',
          en: '{quantity} number(s) of group {group} are kept for a cart until {until|time}.',
        },
      },
    ),
    VbaNumbersClaimed: event(
      { group: fact.text, account: fact.id<AccountId>(), order: fact.text, quantity: fact.whole },
      {
        word: {
          ja: '海外電話番号を注文のために引き当てた。',
          en: 'So many numbers of the group belong to this order.',
        },
        sentence: {
          ja: 'グループ {group} の海外電話番号 {quantity} 個をアカウント {account} の注文に引き当てた。',
          en: '{quantity} number(s) of group {group} went to an order of account {account}.',
        },
      },
    ),
    VbaNumbersReturned: event(
      { group: fact.text, order: fact.text, quantity: fact.whole },
      {
        word: {
          ja: '海外電話番号が在庫に戻った。',
          en: 'Numbers of the group came back: their order was refused, or their contract is over.',
        },
        sentence: {
          ja: 'グループ {group} の海外電話番号 {quantity} 個が在庫に戻った。',
          en: '{quantity} number(s) of group {group} are back in stock.',
        },
        act: false,
      },
    ),
  },
);
export type VbaGroupEvent = EventOf<typeof vbaGroupEvents>;

interface OfGroup {
  readonly now: Instant;
  readonly group: string;
}
export type VbaGroupCommand =
  | (OfGroup & VbaGroupFacts & { readonly type: 'StockVbaGroup'; readonly numbers: number })
  /** What the cart holds of the group from now on, in place of what it held. */
  | (OfGroup & {
      readonly type: 'ReserveVbaNumbers';
      readonly account: AccountId;
      readonly cart: string;
      readonly quantity: number;
      readonly until: Instant;
    })
  | (OfGroup & {
      readonly type: 'ClaimVbaNumbers';
      readonly account: AccountId;
      readonly order: string;
      readonly quantity: number;
      /** The cart whose reservation it fulfils. */
      readonly cart?: string;
    })
  /** At most what the order has. */
  | (OfGroup & { readonly type: 'ReturnVbaNumbers'; readonly order: string; readonly quantity: number });

export const vbaGroupRefusals = defineRefusals({
  NO_SUCH_VBA_GROUP: {
    status: 404,
    field: 'items',
    ja: 'その海外電話番号グループはありません。',
    en: 'There is no such group of overseas numbers.',
  },
  VBA_STOCK_TOO_SMALL: {
    status: 409,
    field: 'quantity',
    ja: '在庫が足りません（在庫 {stock}）。',
    en: 'There are not so many in stock: {stock}.',
  },
  VBA_GROUP_OVERSOLD: {
    status: 409,
    field: 'stock',
    ja: '販売済みまたは確保中の番号（{held}個）より少なくはできません。',
    en: 'There cannot be fewer than those that are sold or kept: {held}.',
  },
});
export type VbaGroupRejection = CodeOf<typeof vbaGroupRefusals>;

const vbaGroupUnchanged = defineUnchanged({
  STOCKED_LIKE_THIS: {
    ja: 'このグループは、既にこの内容で在庫にあります。',
    en: 'the group is in stock like this already',
  },
  KEPT_ALREADY: {
    ja: 'このカートには、既にこの数量が入っています。',
    en: 'the cart keeps so many already',
  },
  CLAIMED_ALREADY: {
    ja: 'この注文には、既に番号を引き当てています。',
    en: 'the order has its numbers already',
  },
  NONE_TO_RETURN: {
    ja: 'この注文には、このグループの番号がありません。',
    en: 'the order has no numbers of this group',
  },
});

interface VbaReservation {
  readonly quantity: number;
  readonly until: Instant;
}
export interface VbaGroupState {
  readonly facts: VbaGroupFacts | null;
  readonly numbers: number;
  /** By order. */
  readonly sold: ReadonlyMap<string, number>;
  /** By cart; those that ran out too. */
  readonly reserved: ReadonlyMap<string, VbaReservation>;
}

export const vbaGroupStream = (group: string): string => `vbaGroup-${group}`;

const sumOf = (quantities: Iterable<number>): number => {
  let sum = 0;
  for (const quantity of quantities) sum += quantity;
  return sum;
};

/** Those that are sold, or kept for another cart than this one. */
function heldIn({ sold, reserved }: VbaGroupState, now: Instant, cart?: string): number {
  const kept = [...reserved].filter(([whose, { until }]) => whose !== cart && now < until);
  return sumOf(sold.values()) + sumOf(kept.map(([, { quantity }]) => quantity));
}

/** Until when a cart keeps so many; null: anybody may have them; undefined: there are not so many left. */
export function vbaKeptUntil(
  state: VbaGroupState,
  { cart, quantity, now }: { readonly cart: string; readonly quantity: number; readonly now: Instant },
): Instant | null | undefined {
  const kept = state.reserved.get(cart);
  if (kept !== undefined && now < kept.until && kept.quantity >= quantity) return kept.until;
  return vbaStock(state, now, cart) >= quantity ? null : undefined;
}

/** How many somebody may have now. @param cart what this one keeps counts as free */
export const vbaStock = (state: VbaGroupState, now: Instant, cart?: string): number =>
  state.numbers - heldIn(state, now, cart);

type Decision = Outcome<VbaGroupEvent, VbaGroupRejection>;
type Of<Type extends VbaGroupCommand['type']> = Extract<VbaGroupCommand, { type: Type }>;

function stock(command: Of<'StockVbaGroup'>, state: VbaGroupState): Decision {
  const { type: _type, now: at, ...said } = command;
  const held = heldIn(state, at);
  if (said.numbers < held) return rejected(vbaGroupRefusals.VBA_GROUP_OVERSOLD, { held: String(held) });
  const { facts, numbers } = state;
  const same =
    facts !== null &&
    numbers === said.numbers &&
    (Object.keys(groupFacts) as (keyof VbaGroupFacts)[]).every(name => facts[name] === said[name]);
  if (same) return nothing(vbaGroupUnchanged.STOCKED_LIKE_THIS);
  return happened<VbaGroupEvent>({ type: 'VbaGroupStocked', at, ...said });
}

const tooSmall = (left: number): Decision =>
  rejected(vbaGroupRefusals.VBA_STOCK_TOO_SMALL, { stock: String(Math.max(left, 0)) });

function reserve(command: Of<'ReserveVbaNumbers'>, state: VbaGroupState): Decision {
  const { now: at, group, account, cart, quantity, until } = command;
  const left = vbaStock(state, at, cart);
  if (quantity > left) return tooSmall(left);
  const kept = state.reserved.get(cart);
  const before = kept !== undefined && at < kept.until ? kept : { quantity: 0, until };
  if (before.quantity === quantity && before.until >= until) return nothing(vbaGroupUnchanged.KEPT_ALREADY);
  return happened<VbaGroupEvent>({ type: 'VbaNumbersReserved', at, group, account, cart, quantity, until });
}

function claim(command: Of<'ClaimVbaNumbers'>, state: VbaGroupState): Decision {
  const { now: at, group, account, order, quantity, cart } = command;
  if (state.sold.has(order)) return nothing(vbaGroupUnchanged.CLAIMED_ALREADY);
  const left = vbaStock(state, at, cart);
  if (quantity > left) return tooSmall(left);
  const { reserved } = state;
  const claimed: VbaGroupEvent = { type: 'VbaNumbersClaimed', at, group, account, order, quantity };
  if (cart === undefined || !reserved.has(cart)) return happened(claimed);
  return happened<VbaGroupEvent>(
    { type: 'VbaNumbersReserved', at, group, account, cart, quantity: 0, until: at },
    claimed,
  );
}

function giveBack(
  { now: at, group, order, quantity }: Of<'ReturnVbaNumbers'>,
  state: VbaGroupState,
): Decision {
  const returned = Math.min(quantity, state.sold.get(order) ?? 0);
  if (returned === 0) return nothing(vbaGroupUnchanged.NONE_TO_RETURN);
  return happened<VbaGroupEvent>({ type: 'VbaNumbersReturned', at, group, order, quantity: returned });
}

function decide(command: VbaGroupCommand, state: VbaGroupState): Decision {
  if (command.type === 'StockVbaGroup') return stock(command, state);
  if (state.facts === null) return rejected(vbaGroupRefusals.NO_SUCH_VBA_GROUP);
  switch (command.type) {
    case 'ReserveVbaNumbers':
      return reserve(command, state);
    case 'ClaimVbaNumbers':
      return claim(command, state);
    case 'ReturnVbaNumbers':
      return giveBack(command, state);
    default:
      return assertNever(command);
  }
}

function evolve(state: VbaGroupState, event: VbaGroupEvent): VbaGroupState {
  switch (event.type) {
    case 'VbaGroupStocked': {
      const { country, state: part, city, areaCode, tollFree, certificate, product, numbers } = event;
      const facts = { country, state: part, city, areaCode, tollFree, certificate, product };
      return { ...state, facts, numbers };
    }
    case 'VbaNumbersReserved': {
      const { at, cart, quantity, until } = event;
      // Those that ran out are nothing any more: a group is reserved a thousand times.
      const reserved = new Map([...state.reserved].filter(([, kept]) => at < kept.until));
      if (quantity === 0) reserved.delete(cart);
      else reserved.set(cart, { quantity, until });
      return { ...state, reserved };
    }
    case 'VbaNumbersClaimed':
      return { ...state, sold: new Map(state.sold).set(event.order, event.quantity) };
    case 'VbaNumbersReturned': {
      const left = (state.sold.get(event.order) ?? 0) - event.quantity;
      return { ...state, sold: new Map(state.sold).set(event.order, left) };
    }
    default:
      return assertNever(event);
  }
}

export const vbaGroup: Decider<VbaGroupCommand, VbaGroupEvent, VbaGroupState, VbaGroupRejection> = {
  name: 'vbaGroup',
  fresh: () => ({ facts: null, numbers: 0, sold: new Map(), reserved: new Map() }),
  decide,
  evolve,
};
