import {
  accountEvents,
  bookEvents,
  cartEvents,
  issuerEvents,
  noticeEvents,
  numberBlockEvents,
  numberEvents,
  partyEvents,
  priceListEvents,
  tariffEvents,
  vbaGroupEvents,
} from '#contracts';
import {
  apiKeyEvents,
  attemptsEvents,
  circleEvents,
  issuedIdEvents,
  loginEvents,
  loginIdEvents,
  sessionEvents,
} from '#identity';
import { accountCloseEvents, closeRunEvents, invoiceEvents, numberingEvents } from '#invoicing';
import type { Codec, ProjectedEvent, StoredEvent, StoredType } from '#kernel';
import { walletEvents } from '#ledger';
import { clockEvents, jobActEvents } from '#operations';
import {
  bankDayEvents,
  depositEvents,
  depositFileEvents,
  paymentEvents,
  prepaidSettingsEvents,
  virtualAccountEvents,
} from '#payments';
import { policyEvents } from '#policies';
import { cdrImportEvents } from '#rating';

interface Family {
  readonly codec: Pick<Codec<unknown>, 'decode'>;
  readonly stored: readonly StoredType[];
}

/**
 * The events of each kind of stream, in the order of the catalogue: the kind is the part of the stream's name
 * before the first hyphen.
 */
export const EVENT_FAMILIES: Readonly<Record<string, Family>> = {
  account: accountEvents,
  number: numberEvents,
  numberBlock: numberBlockEvents,
  vbaGroup: vbaGroupEvents,
  party: partyEvents,
  issuer: issuerEvents,
  policies: policyEvents,
  tariff: tariffEvents,
  priceList: priceListEvents,
  contracts: bookEvents,
  cart: cartEvents,
  notice: noticeEvents,
  apiKey: apiKeyEvents,
  job: jobActEvents,
  clock: clockEvents,
  login: loginEvents,
  loginId: loginIdEvents,
  issuedId: issuedIdEvents,
  circles: circleEvents,
  session: sessionEvents,
  attempts: attemptsEvents,
  payment: paymentEvents,
  prepaidSettings: prepaidSettingsEvents,
  depositFile: depositFileEvents,
  bankDay: bankDayEvents,
  deposit: depositEvents,
  virtualAccount: virtualAccountEvents,
  import: cdrImportEvents,
  wallet: walletEvents,
  invoiceNumbers: numberingEvents,
  close: accountCloseEvents,
  invoice: invoiceEvents,
  closeRun: closeRunEvents,
};

/** Every stored type with what is declared of it. */
export const STORED_TYPES: ReadonlyMap<string, StoredType> = new Map(
  Object.values(EVENT_FAMILIES).flatMap(({ stored }) => stored.map(one => [one.type, one] as const)),
);

export function streamKind(stream: string): string {
  const hyphen = stream.indexOf('-');
  return hyphen < 0 ? stream : stream.slice(0, hyphen);
}

/** @throws Error for a stream or type this version does not know: a log written by a newer one. */
export function decodeEvent(stream: string, type: string, data: string): unknown {
  const family = EVENT_FAMILIES[streamKind(stream)];
  if (!family) throw new Error(`unknown kind of stream ${stream}: written by a newer version of Daicho?`);
  return family.codec.decode(type, JSON.parse(data));
}

export const projected = (stored: StoredEvent, event: unknown): ProjectedEvent => ({
  position: stored.position,
  stream: stored.stream,
  revision: stored.revision,
  type: stored.type,
  event,
  meta: stored.meta,
});
