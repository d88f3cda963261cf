import type { PhoneNumber } from '#kernel';
import {
  adjustPrepaid,
  ask,
  assignNumber,
  assignTariff,
  chargePrepaid,
  correctCall,
  listAccounts,
  openAccount,
  type Product,
  perform,
  prepaidBalance,
  prepaidHistory,
  reverseDebit,
  showAccount,
  trialBalance,
} from '#runtime';

/** The same service, but for what is said anew. */
const butFor = <Service extends object>(service: Service, anew: Partial<Service>): Service =>
  Object.assign(Object.create(service) as Service, anew);

/**
 * A product of a cluster as whoever comes over the bus meets it: what waits, waits. The services themselves
 * wait for nothing.
 */
export const overTheBus = (product: Product): Product => ({
  ...product,
  accounts: butFor(product.accounts, {
    open: (input, caller) =>
      perform(product, openAccount, { ...input, numbers: [...input.numbers] as PhoneNumber[] }, caller),
    assignNumber: (account, number, caller) =>
      perform(product, assignNumber, { account, number: number as PhoneNumber }, caller),
    assignTariff: (account, tariff, caller) => perform(product, assignTariff, { account, tariff }, caller),
    get: account => ask(product, showAccount, { account }),
    known: async account => (await ask(product, showAccount, { account })) !== undefined,
    list: (request = {}) => ask(product, listAccounts, request),
  }),
  prepaid: butFor(product.prepaid, {
    charge: (input, caller) => perform(product, chargePrepaid, { approvedBy: null, ...input }, caller),
    adjust: (input, caller) => perform(product, adjustPrepaid, input, caller),
    reverse: (input, caller) => perform(product, reverseDebit, input, caller),
    async correctCall(input, caller) {
      await product.ready(correctCall.waits!);
      return product.prepaid.correctCall(input, caller);
    },
    balance: (account, asOf) => ask(product, prepaidBalance, { account, asOf }),
    history: (account, request) => ask(product, prepaidHistory, { account, ...request }),
    async calls(account, request) {
      await product.ready('own');
      return product.prepaid.calls(account, request);
    },
    trialBalance: (account, asOf) => ask(product, trialBalance, { account, asOf }),
  }),
});
