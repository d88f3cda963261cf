import {
  type AccountId,
  assertNever,
  BusinessDay,
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
import type { NumberStock } from './number-stock.js';

/** Of a number of the stock: the code of the product that prices it. */
const product = fact.optional(fact.text);

/**
 * Events of `number-<digits>`: the life of one telephone number. It belongs to one account at a time. That it
 * is in stock is not said here but of its range, in `numberBlock-<digits>` (ADR 0021).
 */
export const numberEvents = defineEvents(
  { context: 'contracts', stream: 'number-<digits>' },
  {
    NumberClaimed: event(
      {
        number: fact.text,
        account: fact.id<AccountId>(),
        /** The order that it was claimed for; without one it is being assigned by hand. */
        order: fact.optional(fact.text),
        product,
      },
      {
        word: {
          ja: '電話番号の持ち主が決まった。',
          en: 'The number belongs to this account, and to no other one.',
        },
        sentence: {
          ja: '電話番号 {number} はアカウント {account} のものになった。',
          en: 'Number {number} belongs to account {account}.',
        },
      },
    ),
    NumberReleased: event(
      { number: fact.text, account: fact.id<AccountId>(), product },
      {
        word: {
          ja: '電話番号が空いた。割り当てに至らなかった取得を取り消した。',
          en: 'The number is free again: the account that had claimed it did not get it.',
        },
        sentence: {
          ja: '電話番号 {number} は、アカウント {account} に割り当てられなかったため、空きに戻った。',
          en: 'Number {number} was not assigned to account {account} and is free again.',
        },
        act: false,
      },
    ),
    NumberReserved: event(
      { number: fact.text, account: fact.id<AccountId>(), cart: fact.text, until: fact.instant },
      {
        word: {
          ja: '電話番号をカートのために確保した。期限を過ぎると空きに戻る。',
          en: 'The number is kept for this cart until then; afterwards it is free again by itself.',
        },
        sentence: {
          ja: '電話番号 {number} をアカウント {account} のカートのために {until|time} まで確保した。',
          en: 'Number {number} is kept for a cart of account {account} until {until|time}.',
        },
      },
    ),
    NumberUnreserved: event(
      { number: fact.text, cart: fact.text },
      {
        word: {
          ja: 'カートから外された電話番号が空きに戻った。',
          en: 'The number was taken out of the cart and is free again.',
        },
        sentence: {
          ja: '電話番号 {number} がカートから外され、空きに戻った。',
          en: 'Number {number} was taken out of the cart and is free again.',
        },
      },
    ),
    NumberEnded: event(
      {
        number: fact.text,
        account: fact.id<AccountId>(),
        /** The first day on which somebody may have it again. */
        freeOn: fact.day,
        product,
      },
      {
        word: {
          ja: '電話番号の契約が終わった。再利用までの期間は誰にも割り当てない。',
          en: 'The contract of the number is over; nobody gets it before `freeOn`.',
        },
        sentence: {
          ja: 'アカウント {account} の電話番号 {number} の契約が終わった。{freeOn} から再び割り当てられる。',
          en: 'Number {number} of account {account} came to its end; it can be had again from {freeOn} on.',
        },
        act: false,
      },
    ),
    NumberWithdrawn: event(
      { number: fact.text, why: fact.text },
      {
        word: {
          ja: '電話番号を在庫から外した。',
          en: 'The number is out of stock: nobody can buy it until it is put back.',
        },
        sentence: {
          ja: '電話番号 {number} を在庫から外した（{why}）。',
          en: 'Number {number} was taken out of stock: {why}.',
        },
      },
    ),
    NumberRestocked: event(
      { number: fact.text },
      {
        word: { ja: '電話番号を在庫に戻した。', en: 'The number is back in stock.' },
        sentence: { ja: '電話番号 {number} を在庫に戻した。', en: 'Number {number} is back in stock.' },
      },
    ),
  },
);
export type NumberEvent = EventOf<typeof numberEvents>;

interface OfNumber {
  readonly now: Instant;
  readonly number: string;
}
interface OfAccount extends OfNumber {
  readonly account: AccountId;
}
interface OfStock extends OfNumber {
  /** What its range says of it: an outside fact. Null: it never came into stock. */
  readonly stock: NumberStock | null;
}
export type NumberCommand =
  /** Puts a number back that was withdrawn. */
  | (OfStock & { readonly type: 'StockNumber' })
  | (OfStock & OfAccount & { readonly type: 'ReserveNumber'; readonly cart: string; readonly until: Instant })
  /** Ends the reservation of this cart. */
  | (OfNumber & { readonly type: 'UnreserveNumber'; readonly cart: string })
  | (OfAccount & {
      readonly type: 'ClaimNumber';
      /** Not said where a number is assigned that nobody sells; an order needs it. */
      readonly stock?: NumberStock | null;
      readonly order?: string;
      /** What the order pays for. */
      readonly product?: string;
      /** The cart whose reservation does not stand in the way. */
      readonly cart?: string;
    })
  /** Ends this one claim; the account has withdrawn it in its own stream before. */
  | (OfAccount & { readonly type: 'ReleaseNumber'; readonly claim: number })
  /** The contract is over: the number is nobody's until `freeOn`. */
  | (OfAccount & { readonly type: 'EndNumber'; readonly claim: number; readonly freeOn: BusinessDay })
  | (OfStock & { readonly type: 'WithdrawNumber'; readonly why: string });

export const numberRefusals = defineRefusals({
  NUMBER_TAKEN: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は別のお客様に割り当てられています。',
    en: 'The number belongs to another account.',
  },
  NUMBER_IN_USE: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は既に利用中です。',
    en: 'The number is in use already.',
  },
  NUMBER_WITHDRAWN: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は現在取り扱っていません。',
    en: 'The number is not for sale at present.',
  },
  NUMBER_QUARANTINED: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は解約後の保留期間中です。{freeOn} から利用できます。',
    en: 'The number came to its end lately; it can be had again from {freeOn} on.',
  },
  NUMBER_RESERVED: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は別のカートで確保されています。',
    en: 'The number is kept for another cart.',
  },
  NUMBER_OF_OTHER_PRODUCT: {
    status: 409,
    field: 'number',
    ja: '電話番号{number}は、商品{product}としてご購入ください。',
    en: 'Number {number} is sold as product {product}.',
  },
  NUMBER_NOT_IN_STOCK: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は在庫にありません。',
    en: 'The number is not in stock.',
  },
});
export type NumberRejection = CodeOf<typeof numberRefusals>;

/** Why a command may have nothing to do. */
const numberUnchanged = defineUnchanged({
  OWNED_BY_THIS: {
    ja: 'この電話番号は、既にこのアカウントのものです。',
    en: 'the number belongs to this account already',
  },
  CLAIM_ENDED: { ja: 'この電話番号の確保は、既に終わっています。', en: 'this claim has ended already' },
  IN_THIS_CART: {
    ja: 'この電話番号は、既にこのカートに入っています。',
    en: 'the number is in this cart already',
  },
  NOT_IN_THIS_CART: {
    ja: 'この電話番号は、このカートに入っていません。',
    en: 'the number is not in this cart',
  },
  WITHDRAWN_ALREADY: {
    ja: 'この電話番号は、既に在庫から外れています。',
    en: 'the number is out of stock already',
  },
  IN_STOCK: { ja: 'この電話番号は在庫にあります。', en: 'the number is in stock' },
});

interface Reservation {
  readonly account: AccountId;
  readonly cart: string;
  readonly until: Instant;
}
export interface NumberState {
  readonly owner: AccountId | null;
  /** How often it was claimed: names the claim that holds now, so that an older one is never taken for it. */
  readonly claims: number;
  /** The order that the owner's claim was made for. */
  readonly order: string | null;
  /** The product, where the owner has it from the stock. */
  readonly product: string | null;
  /** Also beside an owner: an order that comes to nothing leaves the number in its cart. */
  readonly reserved: Reservation | null;
  readonly freeOn: BusinessDay | null;
  readonly withdrawn: boolean;
}

export const NUMBER_STANDINGS = ['available', 'reserved', 'claimed', 'quarantined', 'withdrawn'] as const;
export type NumberStanding = (typeof NUMBER_STANDINGS)[number];

export const numberStream = (number: string): string => `number-${number}`;

/** What the standing of a number follows from. */
interface Circumstances extends Pick<NumberState, 'owner' | 'withdrawn' | 'freeOn'> {
  readonly reserved: Pick<Reservation, 'until'> | null;
}

/**
 * What a number is at an instant; one that is in stock and `available` may be sold. Reservations and
 * quarantine run out by themselves: nothing needs to happen.
 */
export function standingOfNumber(number: Circumstances, now: Instant): NumberStanding {
  if (number.owner !== null) return 'claimed';
  if (number.withdrawn) return 'withdrawn';
  if (number.freeOn !== null && BusinessDay.of(now) < number.freeOn) return 'quarantined';
  return number.reserved !== null && now < number.reserved.until ? 'reserved' : 'available';
}

type Decision = Outcome<NumberEvent, NumberRejection>;
type Of<Type extends NumberCommand['type']> = Extract<NumberCommand, { type: Type }>;

/** Why a cart or an account cannot have a number that nobody owns. */
function barred(
  { now, cart }: { readonly now: Instant; readonly cart?: string },
  state: NumberState,
): Decision | undefined {
  const { freeOn, reserved } = state;
  switch (standingOfNumber(state, now)) {
    case 'withdrawn':
      return rejected(numberRefusals.NUMBER_WITHDRAWN);
    case 'quarantined':
      return rejected(numberRefusals.NUMBER_QUARANTINED, { freeOn: BusinessDay.text(freeOn!) });
    case 'reserved':
      return reserved?.cart === cart ? undefined : rejected(numberRefusals.NUMBER_RESERVED);
    default:
      return undefined;
  }
}

function reserve(command: Of<'ReserveNumber'>, state: NumberState): Decision {
  const { now: at, number, account, cart, until, stock } = command;
  if (state.owner === account) return rejected(numberRefusals.NUMBER_IN_USE);
  if (state.owner !== null) return rejected(numberRefusals.NUMBER_TAKEN);
  if (stock === null) return rejected(numberRefusals.NUMBER_NOT_IN_STOCK);
  const refusal = barred(command, state);
  if (refusal) return refusal;
  const { reserved } = state;
  if (reserved?.cart === cart && reserved.until >= until) return nothing(numberUnchanged.IN_THIS_CART);
  return happened<NumberEvent>({ type: 'NumberReserved', at, number, account, cart, until });
}

function unreserve({ now: at, number, cart }: Of<'UnreserveNumber'>, { reserved }: NumberState): Decision {
  if (reserved?.cart !== cart || reserved.until <= at) return nothing(numberUnchanged.NOT_IN_THIS_CART);
  return happened<NumberEvent>({ type: 'NumberUnreserved', at, number, cart });
}

function claim(command: Of<'ClaimNumber'>, state: NumberState): Decision {
  const { now: at, number, account, stock, order, product: paid = stock?.product } = command;
  if (state.owner === account) return nothing(numberUnchanged.OWNED_BY_THIS);
  if (state.owner !== null) return rejected(numberRefusals.NUMBER_TAKEN);
  if (order !== undefined && !stock) return rejected(numberRefusals.NUMBER_NOT_IN_STOCK);
  if (stock && paid !== stock.product)
    return rejected(numberRefusals.NUMBER_OF_OTHER_PRODUCT, { number, product: stock.product });
  const refusal = barred(command, state);
  if (refusal) return refusal;
  return happened<NumberEvent>({
    type: 'NumberClaimed',
    at,
    number,
    account,
    ...(order !== undefined && { order }),
    ...(stock && { product: stock.product }),
  });
}

function give(command: Of<'ReleaseNumber'> | Of<'EndNumber'>, state: NumberState): Decision {
  const { now: at, number, account } = command;
  if (state.owner !== account || state.claims !== command.claim) return nothing(numberUnchanged.CLAIM_ENDED);
  const facts = { at, number, account, ...(state.product !== null && { product: state.product }) };
  return command.type === 'ReleaseNumber'
    ? happened<NumberEvent>({ type: 'NumberReleased', ...facts })
    : happened<NumberEvent>({ type: 'NumberEnded', ...facts, freeOn: command.freeOn });
}

/** Staff may take a number out of somebody's cart, never from an account. */
function withdraw({ now: at, number, stock, why }: Of<'WithdrawNumber'>, state: NumberState): Decision {
  if (stock === null) return rejected(numberRefusals.NUMBER_NOT_IN_STOCK);
  if (state.owner !== null) return rejected(numberRefusals.NUMBER_IN_USE);
  if (state.withdrawn) return nothing(numberUnchanged.WITHDRAWN_ALREADY);
  return happened<NumberEvent>({ type: 'NumberWithdrawn', at, number, why });
}

function restock({ now: at, number, stock }: Of<'StockNumber'>, state: NumberState): Decision {
  if (stock === null) return rejected(numberRefusals.NUMBER_NOT_IN_STOCK);
  if (!state.withdrawn) return nothing(numberUnchanged.IN_STOCK);
  return happened<NumberEvent>({ type: 'NumberRestocked', at, number });
}

function decide(command: NumberCommand, state: NumberState): Decision {
  switch (command.type) {
    case 'StockNumber':
      return restock(command, state);
    case 'ReserveNumber':
      return reserve(command, state);
    case 'UnreserveNumber':
      return unreserve(command, state);
    case 'ClaimNumber':
      return claim(command, state);
    case 'ReleaseNumber':
    case 'EndNumber':
      return give(command, state);
    case 'WithdrawNumber':
      return withdraw(command, state);
    default:
      return assertNever(command);
  }
}

const NOBODYS = { owner: null, order: null, product: null } as const;

function evolve(state: NumberState, event: NumberEvent): NumberState {
  switch (event.type) {
    case 'NumberClaimed': {
      const { account: owner, order = null, product: from = null } = event;
      return { ...state, owner, claims: state.claims + 1, order, product: from, freeOn: null };
    }
    case 'NumberReleased':
      return { ...state, ...NOBODYS };
    case 'NumberReserved': {
      const { account, cart, until } = event;
      return { ...state, reserved: { account, cart, until } };
    }
    case 'NumberUnreserved':
      return { ...state, reserved: null };
    case 'NumberEnded':
      return { ...state, ...NOBODYS, reserved: null, freeOn: event.freeOn };
    case 'NumberWithdrawn':
      return { ...state, reserved: null, withdrawn: true };
    case 'NumberRestocked':
      return { ...state, withdrawn: false };
    default:
      return assertNever(event);
  }
}

export const numberClaim: Decider<NumberCommand, NumberEvent, NumberState, NumberRejection> = {
  name: 'number',
  fresh: () => ({ ...NOBODYS, claims: 0, reserved: null, freeOn: null, withdrawn: false }),
  decide,
  evolve,
};
