import { type PhoneNumber } from '#kernel';
import {
  adjustPrepaid,
  agreeIncomingDiscount,
  ask,
  assignNumber,
  assignTariff,
  chargePrepaid,
  correctCall,
  extendHold,
  holdFunds,
  listAccounts,
  openAccount,
  type Product,
  perform,
  prepaidBalance,
  prepaidHistory,
  releaseHold,
  reverseDebit,
  showAccount,
  trialBalance,
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
  prepaid: {
    charge: (input, caller) => perform(product, chargePrepaid, { approvedBy: null, ...input }, caller),
    hold: (input, caller) => perform(product, holdFunds, input, caller),
    extendHold: (input, caller) => perform(product, extendHold, input, caller),
    releaseHold: (input, caller) => perform(product, releaseHold, input, caller),
    settleHold: (input, caller) => product.prepaid.settleHold(input, caller),
    adjust: (input, caller) => perform(product, adjustPrepaid, input, caller),
    reverse: (input, caller) => perform(product, reverseDebit, input, caller),
    async correctCall(input, caller) {
      await product.ready(correctCall.waits!);
      return product.prepaid.correctCall(input, caller);
    },
    previewCorrection: input => product.prepaid.previewCorrection(input),
    expireDue: (account, caller) => product.prepaid.expireDue(account, caller),
    balance: (account, asOf) => ask(product, prepaidBalance, { account, asOf }),
    history: (account, request) => ask(product, prepaidHistory, { account, ...request }),
    async calls(account, request) {
      await product.ready('own');
      return product.prepaid.calls(account, request);
    },
    trialBalance: (account, asOf) => ask(product, trialBalance, { account, asOf }),
  },
});
