/**
 * `#kernel/amount-text`: an amount as a person types it. A browser loads this file, and nothing else of the
 * kernel.
 */

const DIGIT = '[0-9０-９]';
/** As they come from a Japanese keyboard, too; circled and raised digits are none. */
const [SIGN, YEN, BLANK, COMMA, POINT] = ['[-−－]', '[¥￥]', '[ \\u00a0\\u3000]', '[,，]', '[.．]'];
/** A comma or a blank parts thousands: three digits are behind each, so that it never stands for a point. */
const parted = (by: string) => `[1-9１-９]${DIGIT}{0,2}(?:${by}${DIGIT}{3}){1,4}`;

/** What an amount looks like that is typed or sent, for people and programs: `1234.5`, `¥1,000`, `１０００円`. */
export const AMOUNT_PATTERN =
  `^\\s*(?:${SIGN}?${YEN}?${BLANK}?|${YEN}${BLANK}?${SIGN})` +
  `(?:${DIGIT}{1,15}|${parted(COMMA)}|${parted(BLANK)})(?:${POINT}${DIGIT}{1,4})?${BLANK}?円?\\s*$`;
const AMOUNT = new RegExp(AMOUNT_PATTERN);
const NOT_SAID = new RegExp(`${YEN}|${COMMA}|円|\\s`, 'g');
/** From a full-width sign, point or digit to the plain one. */
const WIDE = 0xfee0;

/**
 * The plain decimal text of an amount: `１，０００円` and `¥1,000` are `1000`. Null for what is none, and for
 * what may be two: `1,00`, `1.000,00`, `10²`.
 */
export function amountText(typed: string): string | null {
  if (!AMOUNT.test(typed)) return null;
  return typed
    .replace(NOT_SAID, '')
    .replace('−', '-')
    .replace(/[－．０-９]/g, wide => String.fromCharCode(wide.charCodeAt(0) - WIDE));
}
