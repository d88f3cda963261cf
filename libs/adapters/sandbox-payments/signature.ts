import { createHmac, timingSafeEqual } from 'node:crypto';
import { Instant } from '#kernel';
import { NotificationRefused } from '#ports';

export const SIGNATURE_HEADER = 'sandbox-signature';
/** A notification whose time is further from ours, in either direction, is not taken. */
const TOLERANCE_S = 300;
const FORM = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

const seconds = (at: Instant): number => Math.floor(at / 1000);

const hmac = (secret: string, t: number, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${t}.`).update(body).digest();

/** The header `t=<unix seconds>,v1=<hex of HMAC-SHA256 over t.body>`. */
export function sign(secret: string, at: Instant, body: Uint8Array): string {
  const t = seconds(at);
  return `t=${t},v1=${hmac(secret, t, body).toString('hex')}`;
}

/** @throws NotificationRefused */
export function checkSignature(
  secret: string,
  header: string | undefined,
  body: Uint8Array,
  now: Instant,
): void {
  const form = FORM.exec(header ?? '');
  if (!form) throw new NotificationRefused('WRONG_SIGNATURE');
  const t = Number(form[1]);
  if (!timingSafeEqual(hmac(secret, t, body), Buffer.from(form[2]!, 'hex')))
    throw new NotificationRefused('WRONG_SIGNATURE');
  if (Math.abs(seconds(now) - t) > TOLERANCE_S) throw new NotificationRefused('TOO_OLD');
}
