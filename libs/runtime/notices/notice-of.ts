import {
  type Book,
  cancelledNotice,
  type EndingContract,
  endedNotice,
  type Named,
  orderCompletedNotice,
  orderRefusedNotice,
  paperApprovedNotice,
  paperAskedAgainNotice,
  refusedFor,
  resumedNotice,
  shippedNotice,
  suspendedNotice,
  undoneNotice,
} from '#contracts';
import { type Instant, Money } from '#kernel';
import type { PaymentState } from '#payments';
import type { OrderView } from '../contracts/contracts.shapes.js';
import { chargeBackNoticeOf, paymentNoticeOf } from './payment-notice-of.js';
import { ofType, type ToldEvent, type ToldNotice } from './told-notice.js';

export interface NoticeParts {
  readonly book: Book;
  /** Where customers open the portal, without a slash at its end. */
  readonly portal: string;
  order(order: string): Promise<OrderView | undefined>;
  /** The payment of whose stream the events are; undefined: they are of another stream. */
  readonly payment: PaymentState | undefined;
}

const named = (book: Book, contract: string): Named => {
  const { nameJa = contract, nameEn = contract, number = null } = book.contracts.get(contract) ?? {};
  return { nameJa, nameEn, number };
};
const endings = (
  book: Book,
  events: readonly { readonly contract: string; readonly endsOn: EndingContract['endsOn'] }[],
): EndingContract[] => events.map(({ contract, endsOn }) => ({ ...named(book, contract), endsOn }));

async function orderNotice(
  events: readonly ToldEvent[],
  parts: NoticeParts,
): Promise<ToldNotice | undefined> {
  const { book, portal } = parts;
  const [refused] = ofType(events, 'OrderRefused');
  if (refused) {
    const { order, code, missing } = refused;
    const told = { order, why: refusedFor(code), missing, cartLink: `${portal}/cart` };
    return {
      about: 'order_refused',
      to: 'billing',
      write: style => orderRefusedNotice({ ...style, ...told }),
    };
  }
  const [completed] = ofType(events, 'OrderCompleted');
  if (!completed) return undefined;
  const { order } = completed;
  const view = await parts.order(order);
  if (!view) throw new Error(`order ${order} is completed, and not there`);
  const told = {
    order,
    lines: view.lines.map(({ nameJa, nameEn, class: kind, quantity, contractMonth, numbers }) => ({
      ...{ nameJa, nameEn, class: kind, quantity, contractMonth: Money.of(contractMonth) },
      number: kind === 'monthly' && numbers.length > 0 ? numbers.join(', ') : null,
    })),
    due: Money.of(view.due),
    monthly: Money.of(view.monthly),
    ends: endings(book, ofType(events, 'CancellationAccepted')),
    orderLink: `${portal}/orders/${order}`,
    circlesLink: `${portal}/circles`,
  };
  return {
    about: 'order_completed',
    to: 'billing',
    write: style => orderCompletedNotice({ ...style, ...told }),
  };
}

function cancellationNotice(events: readonly ToldEvent[], parts: NoticeParts): ToldNotice | undefined {
  const { book, portal } = parts;
  const contractsLink = `${portal}/contracts`;
  const accepted = ofType(events, 'CancellationAccepted');
  const [account] = ofType(events, 'AccountCancelled');
  const [circle] = ofType(events, 'CircleCancelled');
  const undone = ofType(events, 'CancellationUndone');
  const ofCircle = ofType(events, 'CircleCancellationUndone').length > 0;
  // With its circle goes on what was not cancelled by itself before.
  if (!ofCircle && (accepted.length > 0 || account || circle)) {
    const untils = accepted.flatMap(({ undoUntil }) => (undoUntil === null ? [] : [undoUntil]));
    const told = {
      ends: endings(book, accepted),
      endsWith: account ? 'account' : circle ? 'circle' : 'contract',
      wholeEndsOn: (account ?? circle)?.endsOn ?? null,
      undoUntil: account || untils.length === 0 ? null : (Math.min(...untils) as Instant),
      policy: account?.policy ?? accepted[0]?.policy ?? '',
      contractsLink,
    } as const;
    return { about: 'cancelled', to: 'contract', write: style => cancelledNotice({ ...style, ...told }) };
  }
  if (undone.length > 0 || ofCircle) {
    const stays = new Set(accepted.map(({ contract }) => contract));
    const goOn = undone.filter(({ contract }) => !stays.has(contract));
    const contracts = goOn.map(({ contract }) => named(book, contract));
    const told = { contracts, circle: ofCircle, contractsLink };
    return { about: 'undone', to: 'contract', write: style => undoneNotice({ ...style, ...told }) };
  }
  const ended = ofType(events, 'ContractEnded');
  if (ended.length === 0) return undefined;
  const ends = endings(book, ended);
  return { about: 'ended', to: 'contract', write: style => endedNotice({ ...style, ends, contractsLink }) };
}

function serviceNotice(events: readonly ToldEvent[], { portal }: NoticeParts): ToldNotice | undefined {
  const [suspended] = ofType(events, 'ServiceSuspended');
  if (suspended) {
    const { owingSince, receivable: owed } = suspended;
    const told = { owingSince, owed, prepaidLink: `${portal}/prepaid` };
    return { about: 'suspended', to: 'billing', write: style => suspendedNotice({ ...style, ...told }) };
  }
  const [resumed] = ofType(events, 'ServiceResumed');
  if (!resumed) return undefined;
  const { at } = resumed;
  return { about: 'resumed', to: 'billing', write: style => resumedNotice({ ...style, at }) };
}

function paperNotice(events: readonly ToldEvent[], { portal }: NoticeParts): ToldNotice | undefined {
  const infoLink = `${portal}/account-info`;
  const [again] = ofType(events, 'IdentityPaperAskedAgain');
  if (again) {
    const told = { why: again.why, infoLink };
    return {
      about: 'paper_asked_again',
      to: 'contract',
      write: style => paperAskedAgainNotice({ ...style, ...told }),
    };
  }
  if (ofType(events, 'IdentityPaperApproved').length === 0) return undefined;
  const [renamed] = ofType(events, 'NameChangeApproved');
  const nameFee = renamed && renamed.fee > 0 ? renamed.fee : null;
  return {
    about: 'paper_approved',
    to: 'contract',
    write: style => paperApprovedNotice({ ...style, infoLink, nameFee }),
  };
}

function shipmentNotice(events: readonly ToldEvent[], { book, portal }: NoticeParts): ToldNotice | undefined {
  const [shipped] = ofType(events, 'DevicesShipped');
  if (!shipped) return undefined;
  const { shipment, carrier, trackingNumber, shippedOn, arrivesOn } = shipped;
  const known = book.shipments.get(shipment);
  if (!known) throw new Error(`shipment ${shipment} was shipped, and is not there`);
  const { order } = known;
  const devices = known.devices.map(id => {
    const { nameJa, nameEn } = book.devices.get(id)!;
    return { nameJa, nameEn, number: null };
  });
  const told = { order, devices, carrier, trackingNumber, shippedOn, arrivesOn };
  const orderLink = `${portal}/orders/${order}`;
  return {
    about: 'shipped',
    to: 'contract',
    write: style => shippedNotice({ ...style, ...told, orderLink }),
  };
}

/** The one mail about the events of a command; undefined where a customer is told nothing of them. */
export async function noticeOf(
  events: readonly ToldEvent[],
  parts: NoticeParts,
): Promise<ToldNotice | undefined> {
  return (
    (await orderNotice(events, parts)) ??
    cancellationNotice(events, parts) ??
    chargeBackNoticeOf(events, parts) ??
    serviceNotice(events, parts) ??
    paperNotice(events, parts) ??
    shipmentNotice(events, parts) ??
    paymentNoticeOf(events, parts)
  );
}
