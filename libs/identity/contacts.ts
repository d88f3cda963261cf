import type { IdentityPolicy } from './identity-policy.js';

export type ContactKind = 'phone' | 'mail';
export type Method = 'sms' | 'voice' | 'mail';

/**
 * How a code can be sent to a contact: SMS only to numbers of the list, the automated call to any number, a
 * mail to an address (AUT-02, AUT-10; ID-13 to ID-15). `+81 90…` is the same number as `090…`.
 */
export function methodsFor(
  kind: ContactKind,
  value: string,
  { smsPrefixes }: Pick<IdentityPolicy, 'smsPrefixes'>,
): readonly Method[] {
  if (kind === 'mail') return ['mail'];
  const domestic = value.replace(/^\+81/, '0');
  const mobile = domestic.length === 11 && smsPrefixes.some(prefix => domestic.startsWith(prefix));
  return mobile ? ['sms', 'voice'] : ['voice'];
}

/** So many digits of a number show, unless that would be half of it (AUT-01: `--890`, `--5678`). */
const TAIL = 4;

/** `--5678` of a number, `t***@site.jp` of a mail address: enough to recognise, too little to use. */
export function masked(kind: ContactKind, value: string): string {
  if (kind === 'mail') {
    const at = value.lastIndexOf('@');
    return `${value.slice(0, 1)}***${value.slice(at)}`;
  }
  return `--${value.slice(-Math.min(TAIL, Math.floor(value.length / 2)))}`;
}

/** Six half-width digits (AUT-04; ID-17): full-width ones and spaces are not taken for them. */
export const isCode = (text: string): boolean => /^[0-9]{6}$/.test(text);
export const CODE_DIGITS = 6;
