import {
  accountRefusals,
  bookRefusals,
  cartRefusals,
  issuerRefusals,
  numberBlockRefusals,
  numberRefusals,
  partyRefusals,
  priceListRefusals,
  tariffRefusals,
  vbaGroupRefusals,
} from '#contracts';
import {
  apiKeyRefusals,
  attemptsRefusals,
  circleRefusals,
  issuedIdRefusals,
  loginIdClaimRefusals,
  loginIdRefusals,
  loginRefusals,
  passwordRefusals,
  sessionRefusals,
} from '#identity';
import { accountCloseRefusals, closeRunRefusals, invoiceRefusals, numberingRefusals } from '#invoicing';
import type { CodeOf, Refusal } from '#kernel';
import { walletRefusals } from '#ledger';
import { clockRefusals, jobActRefusals } from '#operations';
import {
  bankDayRefusals,
  depositFileRefusals,
  depositRefusals,
  paymentRefusals,
  prepaidSettingsRefusals,
  virtualAccountRefusals,
} from '#payments';
import { policyRefusals } from '#policies';
import { cdrImportRefusals } from '#rating';
import { accountServiceRefusals } from './accounts/accounts.service.js';
import { closingRefusals } from './closing/refusals.js';
import { engineRefusals, requestRefusals } from './engine/refusals.js';
import { identityRefusals } from './identity/refusals.js';
import { callRefusals } from './imports/call-refusals.js';
import { jobServiceRefusals } from './jobs/refusals.js';
import { clockServiceRefusals } from './operations/clock.service.js';
import { partyServiceRefusals } from './parties/refusals.js';
import { depositServiceRefusals, paymentServiceRefusals } from './payments/refusals.js';
import { prepaidRefusals } from './prepaid/refusals.js';

/** Every refusal of the product, by who gives it, in the order in which they are asked. */
export const REFUSALS = {
  wallet: walletRefusals,
  account: accountRefusals,
  number: numberRefusals,
  numberBlock: numberBlockRefusals,
  vbaGroup: vbaGroupRefusals,
  party: partyRefusals,
  tariff: tariffRefusals,
  priceList: priceListRefusals,
  contracts: bookRefusals,
  cart: cartRefusals,
  policies: policyRefusals,
  issuer: issuerRefusals,
  apiKey: apiKeyRefusals,
  job: jobActRefusals,
  clock: clockRefusals,
  login: loginRefusals,
  loginId: loginIdClaimRefusals,
  issuedId: issuedIdRefusals,
  loginIdRule: loginIdRefusals,
  passwordRule: passwordRefusals,
  circles: circleRefusals,
  session: sessionRefusals,
  attempts: attemptsRefusals,
  payment: paymentRefusals,
  prepaidSettings: prepaidSettingsRefusals,
  depositFile: depositFileRefusals,
  bankDay: bankDayRefusals,
  deposit: depositRefusals,
  virtualAccount: virtualAccountRefusals,
  import: cdrImportRefusals,
  invoiceNumbers: numberingRefusals,
  invoice: invoiceRefusals,
  close: accountCloseRefusals,
  closeRun: closeRunRefusals,
  anyCommand: engineRefusals,
  request: requestRefusals,
  time: clockServiceRefusals,
  accounts: accountServiceRefusals,
  parties: partyServiceRefusals,
  payments: paymentServiceRefusals,
  deposits: depositServiceRefusals,
  prepaid: prepaidRefusals,
  calls: callRefusals,
  closing: closingRefusals,
  signIn: identityRefusals,
  jobs: jobServiceRefusals,
} as const;

type Givers = typeof REFUSALS;
/** The code of any refusal. */
export type RefusalCode = { [Giver in keyof Givers]: CodeOf<Givers[Giver]> }[keyof Givers];

/** A code is said once: whoever gives it, it is the same record. */
const BY_CODE: ReadonlyMap<string, Refusal> = new Map(
  Object.values<Readonly<Record<string, Refusal>>>(REFUSALS).flatMap(all => Object.entries(all)),
);

export const refusalOf = (code: RefusalCode): Refusal => BY_CODE.get(code)!;

type WhatOf<Code> = Code extends `NO_SUCH_${infer What}` ? What : never;
/** What somebody may ask for that there is not: `ACCOUNT` for the refusal `NO_SUCH_ACCOUNT`. */
export type Sought = WhatOf<RefusalCode>;
