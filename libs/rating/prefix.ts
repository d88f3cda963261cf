import { numberSymbols, PhoneNumber } from '#kernel';

/**
 * The prefix of a tariff row without what only separates its digits: digits, `+` and digits, or `#` and
 * digits; null when it is none of these.
 */
export function readPrefix(written: string): string | null {
  const symbols = numberSymbols(written);
  return symbols !== null && /^(\+?\d{1,20}|#\d{1,6})$/.test(symbols) ? symbols : null;
}

/** Numbers that begin with these digits after `+`, `00` or `010`. */
function abroad(digits: string): string {
  if (!digits.startsWith('81')) return `010${digits}`;
  return `+81${digits.slice(digits[2] === '0' ? 3 : 2)}`;
}

/** Whether a row of this prefix can price this number. */
export function fitsPrefix(prefix: string, number: PhoneNumber): boolean {
  const key = PhoneNumber.isJapanese(number) ? `+81${number.slice(1)}` : number;
  return prefixKeys(prefix).some(beginning => key.startsWith(beginning));
}

/**
 * The beginnings of numbers (of Japan's as `+81…`, of all others in their one form) that a prefix stands
 * for. `+81` is Japan and nothing else, `010` what is dialled abroad; `0` and `01` are beginnings of both,
 * `+8` is one of Japan and of its neighbours. Two prefixes that give the same beginning compete for the
 * same numbers.
 */
export function prefixKeys(prefix: string): readonly string[] {
  const [first] = prefix;
  if (first === '+') return prefix === '+8' ? ['+8', '0108'] : [abroad(prefix.slice(1))];
  if (first === '1') {
    const rest = prefix.replace(/^18[46](?=[0+])/, '');
    return rest === prefix ? [prefix] : prefixKeys(rest);
  }
  if (first !== '0') return [prefix];
  if (prefix === '0' || prefix === '01') return [`+81${prefix.slice(1)}`, prefix];
  if (prefix.startsWith('00')) return [abroad(prefix.slice(2))];
  return [prefix.startsWith('010') ? abroad(prefix.slice(3)) : `+81${prefix.slice(1)}`];
}
