/** Figures of people: 11,106. */
const COUNT = new Intl.NumberFormat('ja-JP');
export const countText = (count: number): string => COUNT.format(count);

/**
 * A telephone number, or a part of one, that somebody looks for, as the server writes numbers: `050-1234`,
 * `０５０ １２３４` and `+81 50 1234` are `0501234`, `+44` is `01044`; null when it is none.
 */
export function numberPart(written: string): string | null {
  const digits = written
    .normalize('NFKC')
    .replace(/\(0\)/, '')
    .replace(/[\s\p{Pd}\u2212\u30fc.()#]/gu, '');
  if (!/^\+?\d{2,}$/.test(digits)) return null;
  return digits
    .replace(/^18[46](?=[0+])/, '')
    .replace(/^(\+|00|010)810?/, '0')
    .replace(/^(\+|00)(?=\d)/, '010');
}
