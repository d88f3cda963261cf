import { AddToCart, ChooseDelivery, OrderCart, RemoveFromCart, SetUpDevices, ShowCart } from '#nest';
import { type CartLinesView, type CartView, saidChanges } from '#runtime';
import { asDocument, type Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import { commandVerb, inputOf, verbOf } from '../use-case-verb.js';
import { orderCard, previewCard } from './contracts.js';

const linesLeft = ({ lines }: CartLinesView, invocation: Invocation): string =>
  invocation.say(
    `カートの行: ${lines.join(' ') || 'なし'}`,
    `lines in the cart: ${lines.join(' ') || 'none'}`,
  );

const cartCard = (view: CartView, invocation: Invocation): string =>
  [
    ...(view.count === 0
      ? [invocation.say('カートは空です', 'the cart is empty')]
      : [previewCard(view, invocation)]),
    ...saidChanges(view).map(said => said[invocation.language]),
    ...(view.refusal ? [view.refusal[invocation.language]] : []),
  ].join('\n\n');

async function show(invocation: Invocation): Promise<Output> {
  const { input, cli } = ShowCart.useCase;
  const whose = inputOf(invocation, { input: input.omit({ by: true }), cli });
  const answer = await invocation.ask(new ShowCart({ ...whose, by: 'staff' }));
  return asDocument(answer, view => cartCard(view, invocation));
}

async function order(invocation: Invocation): Promise<Output> {
  const { input, cli } = OrderCart.useCase;
  const agreed = inputOf(invocation, { input: input.omit({ by: true }), cli });
  const answer = await invocation.do(new OrderCart({ ...agreed, by: 'staff' }, invocation.caller()));
  return asDocument(answer, view => orderCard(view, invocation));
}

export const cartVerbs: Verbs = (_program, add, group) => {
  const cart = group('cart', { ja: 'カート', en: 'carts' });
  add(cart, { ...verbOf(ShowCart), run: show });
  add(cart, commandVerb(AddToCart, linesLeft));
  add(cart, commandVerb(SetUpDevices, linesLeft));
  add(cart, commandVerb(ChooseDelivery, linesLeft));
  add(cart, commandVerb(RemoveFromCart, linesLeft));
  add(cart, { ...verbOf(OrderCart), run: order });
};
