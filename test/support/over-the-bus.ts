import { type PhoneNumber } from '#kernel';
import {
  agreeIncomingDiscount,
  ask,
  assignNumber,
  assignTariff,
  listAccounts,
  openAccount,
  type Product,
  perform,
  showAccount,
} from '#runtime';

/**
 * A product of a cluster as whoever comes over the bus meets it: every use case after what it waits for. The
 * services themselves wait for nothing.
 */
export const overTheBus = (product: Product): Product => ({
  ...product,
  accounts: {
    open: (input, caller) =>
      perform(product, openAccount, { ...input, numbers: [...input.numbers] as PhoneNumber[] }, caller),
    assignNumber: (account, number, caller) =>
      perform(product, assignNumber, { account, number: number as PhoneNumber }, caller),
    assignTariff: (account, tariff, caller) => perform(product, assignTariff, { account, tariff }, caller),
    agreeIncomingDiscount: (account, perMinute, caller) =>
      perform(product, agreeIncomingDiscount, { account, perMinute }, caller),
    get: account => ask(product, showAccount, { account }),
    known: async account => (await ask(product, showAccount, { account })) !== undefined,
    list: (request = {}) => ask(product, listAccounts, request),
  },
});
