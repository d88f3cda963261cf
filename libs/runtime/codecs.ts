import { accountCodec, issuerCodec, numberCodec, policyCodec, tariffCodec } from '#contracts';
import {
  apiKeyCodec,
  attemptsCodec,
  circleCodec,
  issuedIdCodec,
  jobActCodec,
  loginCodec,
  loginIdCodec,
  sessionCodec,
} from '#identity';
import { accountCloseCodec, closeRunCodec, invoiceCodec, numberingCodec } from '#invoicing';
import type { Codec, ProjectedEvent, StoredEvent } from '#kernel';
import { walletCodec } from '#ledger';
import { cdrImportCodec } from '#rating';

/**
 * Which codec reads the events of which kind of stream: the part of the stream's name before the first
 * hyphen.
 */
export const CODECS: Readonly<Record<string, Codec<never>>> = {
  wallet: walletCodec as Codec<never>,
  account: accountCodec as Codec<never>,
  number: numberCodec as Codec<never>,
  tariff: tariffCodec as Codec<never>,
  policies: policyCodec as Codec<never>,
  issuer: issuerCodec as Codec<never>,
  apiKey: apiKeyCodec as Codec<never>,
  job: jobActCodec as Codec<never>,
  login: loginCodec as Codec<never>,
  loginId: loginIdCodec as Codec<never>,
  issuedId: issuedIdCodec as Codec<never>,
  circles: circleCodec as Codec<never>,
  session: sessionCodec as Codec<never>,
  attempts: attemptsCodec as Codec<never>,
  import: cdrImportCodec as Codec<never>,
  close: accountCloseCodec as Codec<never>,
  invoice: invoiceCodec as Codec<never>,
  invoiceNumbers: numberingCodec as Codec<never>,
  closeRun: closeRunCodec as Codec<never>,
};

export function streamKind(stream: string): string {
  const hyphen = stream.indexOf('-');
  return hyphen < 0 ? stream : stream.slice(0, hyphen);
}

/** @throws Error for a stream or type this version does not know: a log written by a newer one. */
export function decodeEvent(stream: string, type: string, data: string): unknown {
  const codec = CODECS[streamKind(stream)];
  if (!codec) throw new Error(`unknown kind of stream ${stream}: written by a newer version of Daicho?`);
  return codec.decode(type, JSON.parse(data));
}

export const projected = (stored: StoredEvent, event: unknown): ProjectedEvent => ({
  position: stored.position,
  stream: stored.stream,
  revision: stored.revision,
  type: stored.type,
  event,
  meta: stored.meta,
});
