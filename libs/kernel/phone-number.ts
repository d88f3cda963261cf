import { InvalidInput } from './invalid-input.js';
import { valueProblems } from './value-problems.js';

/**
 * A telephone number in its one form, as it is dialled in Japan: `0312345678`, another country's
 * `01012125550100` (010 and the E.164 digits), `110`, an extension `1001`, a service `#9110`, a feature
 * code `*8`. However it was written, the same number is the same text (DECISIONS: Calls).
 */
export type PhoneNumber = string & { readonly __phoneNumber: true };

const ZERO = 48;
const ONE = 49;
const EIGHT = 56;
const NINE = 57;

/** Numbers that are dialled for help: calls to them are never blocked, held for or charged. */
export type EmergencyNumbers = ReadonlySet<string>;

/** Police, coast guard, fire and ambulance: what holds until the catalogue says otherwise. */
export const EMERGENCY_NUMBERS: EmergencyNumbers = new Set(['110', '118', '119']);

/** Withhold and present the caller's number: dialled in front, no part of the number. */
const CALLER_ID_PREFIX = /^18[46](?=[0+*#]|\d{2,5}$)/;

/** A longer row of digits than any network takes is not a number. */
const DIGITS_MAX = 20;
/** So short is an extension or a service, never a national or an international number. */
const SHORT_MAX = 5;
const WRITTEN_MAX = 100;

/**
 * Blanks, also U+3000; every hyphen, also the long vowel sign that stands for one; dots and parentheses;
 * invisible marks (of the direction of writing), which come along when a number is copied from a list.
 */
const SEPARATOR =
  /[\p{Zs}\p{Pd}\p{Cf}\u02d7\u2043\u2212\u30fc\uff70.\uff0e\u00b7\u30fb\uff65()\uff08\uff09]/u;
/** +81(0)3-…: the trunk zero for callers at home. */
const TRUNK_ZERO = /^([^+\uff0b]*[+\uff0b][^(\uff08]*)[(\uff08]\s*[0\uff10]\s*[)\uff09]/u;
/** The user of a SIP or tel URI, without parameters. */
const URI = /^\s*<?(?:sips?|tel):([^@;>?]+)/i;

/**
 * The digits, `+`, `*` and `#` of a written number, or of a part of one, without what only separates them;
 * null when something else stands there.
 */
export function numberSymbols(written: string): string | null {
  if (written.length > WRITTEN_MAX) return null;
  const text = (URI.exec(written)?.[1] ?? written).replace(TRUNK_ZERO, '$1');
  let symbols = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const narrow = code > 0xff00 && code < 0xff5f ? code - 0xfee0 : code;
    const digit = narrow >= ZERO && narrow <= NINE;
    if (digit || narrow === 35 || narrow === 42 || narrow === 43) symbols += String.fromCharCode(narrow);
    else if (!SEPARATOR.test(character)) return null;
  }
  return symbols;
}

function allDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return false;
  }
  return text.length > 0;
}

/**
 * The national form of what follows `+`, `00` or `010`. Japan's numbers lose their country code, and a
 * trunk zero that was left in; no area code begins with 0 or 10, for 010 leads abroad.
 */
function international(digits: string): string | null {
  if (!allDigits(digits) || digits.charCodeAt(0) === ZERO) return null;
  if (!digits.startsWith('81')) return digits.length < SHORT_MAX - 1 ? null : `010${digits}`;
  const area = digits.charCodeAt(2) === ZERO ? 3 : 2;
  const known = digits.charCodeAt(area) !== ZERO && !digits.startsWith('10', area);
  return known && digits.length - area >= SHORT_MAX ? `0${digits.slice(area)}` : null;
}

function ofDigits(digits: string): string | null {
  if (digits.length < 2 || digits.length > DIGITS_MAX) return null;
  if (digits.length <= SHORT_MAX) return digits;
  const first = digits.charCodeAt(0);
  if (first === ONE) {
    const rest = digits.replace(CALLER_ID_PREFIX, '');
    return rest.length === digits.length ? digits : ofDigits(rest);
  }
  if (first !== ZERO) return digits;
  const second = digits.charCodeAt(1);
  if (second === ZERO) return international(digits.slice(2));
  return second === ONE && digits.charCodeAt(2) === ZERO ? international(digits.slice(3)) : digits;
}

function ofSymbols(written: string): string | null {
  const symbols = written.replace(/(?<=.)#+$/, '');
  if (allDigits(symbols)) return ofDigits(symbols);
  const rest = symbols.replace(CALLER_ID_PREFIX, '');
  switch (rest[0]) {
    case '+':
      return rest.length > DIGITS_MAX ? null : international(rest.slice(1));
    case '*':
      return /^\*[\d*#]{1,19}$/.test(rest) ? rest : null;
    case '#':
      return /^#\d{1,19}$/.test(rest) ? rest : null;
    default:
      return null;
  }
}

/**
 * Whether a text surely is a number in its one form, of Japan or abroad: nearly all are, and the rating of a
 * whole call takes 300 ns.
 */
function isPlain(text: string): boolean {
  const length = text.length;
  if (length <= SHORT_MAX || length > DIGITS_MAX || text.charCodeAt(0) !== ZERO) return false;
  const second = text.charCodeAt(1);
  if (second === ZERO) return false;
  if (second === ONE && text.charCodeAt(2) === ZERO) {
    const country = text.charCodeAt(3);
    const japan = country === EIGHT && text.charCodeAt(4) === ONE;
    if (country === ZERO || japan || length <= SHORT_MAX + 1) return false;
  }
  for (let i = 2; i < length; i++) if ((text.charCodeAt(i) - ZERO) >>> 0 > 9) return false;
  return (second - ZERO) >>> 0 <= 9;
}

/** The number that a text writes; null when it writes none. */
function read(written: string): PhoneNumber | null {
  if (isPlain(written)) return written as PhoneNumber;
  if (allDigits(written)) return ofDigits(written) as PhoneNumber | null;
  const symbols = numberSymbols(written);
  return symbols === null ? null : (ofSymbols(symbols) as PhoneNumber | null);
}

export const PhoneNumber = {
  read,

  /** A number that can be assigned to somebody: digits. @throws InvalidInput */
  parse(text: string, field = 'number'): PhoneNumber {
    const number = read(text);
    if (number !== null && allDigits(number)) return number;
    throw InvalidInput.of(field, valueProblems.NOT_A_NUMBER, { example: '05012345678' });
  },

  /**
   * What the one form begins with where these symbols are the beginning of a number, or all of it; null where
   * it is these symbols themselves: `+81 50` is `050`, `0044` is `01044`.
   */
  beginning(symbols: string): string | null {
    const number = ofSymbols(symbols);
    if (number !== null && number !== symbols) return number;
    const rest = symbols.replace(/^18[46](?=[0+])/, '');
    const code = /^(?:\+|00|010)(\d+)$/.exec(rest)?.[1];
    const japan = code?.startsWith('81') ? `0${code.slice(code[2] === '0' ? 3 : 2)}` : undefined;
    const begins = japan ?? (code === undefined ? rest : `010${code}`);
    return begins === symbols ? null : begins;
  },

  /** A national number of Japan; a short one that begins with 0 counts as one. */
  isJapanese: (number: string): boolean =>
    number.charCodeAt(0) === ZERO &&
    number.charCodeAt(1) !== ZERO &&
    !(number.charCodeAt(1) === ONE && number.charCodeAt(2) === ZERO),

  /**
   * As a whole, never its beginning. Nearly all numbers are longer and are told apart by that alone.
   * @param numbers what the policy says in place of 110, 118 and 119
   */
  isEmergency: (number: PhoneNumber, numbers: EmergencyNumbers = EMERGENCY_NUMBERS): boolean =>
    number.length <= SHORT_MAX && numbers.has(number),

  /**
   * An extension of the provider's own switch: 2 to 5 digits, or a feature code that begins with `*`. Three
   * digits that begin with 1 (104, 117, 171, 177 …) and `#` with digits (#9110) are services of other
   * carriers, hence outside.
   */
  isExtension(number: PhoneNumber): boolean {
    if (number.charCodeAt(0) === 42) return true;
    if (number.length > SHORT_MAX || number.charCodeAt(0) === 35) return false;
    return number.length !== 3 || number.charCodeAt(0) !== ONE;
  },
};
