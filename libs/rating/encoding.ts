/**
 * Telling UTF-8 from Shift_JIS on bytes: Japanese spreadsheets still save the latter, and it must not be read
 * as the former.
 */

/**
 * Length of the well-formed UTF-8 sequence at `at` (1..4), 0 when there is none (RFC 3629: no surrogates, no
 * overlong forms).
 */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
        ? 3
        : lead >= 0xf0 && lead <= 0xf4
          ? 4
          : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1]!;
  const overlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const outside = (lead === 0xed && second > 0x9f) || (lead === 0xf4 && second > 0x8f);
  return overlong || outside ? 0 : length;
}

/** Offset of the first byte that is not UTF-8, -1 when all of it is. */
export function firstNonUtf8(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

const isLead = (b: number): boolean => (b >= 0x81 && b <= 0x9f) || (b >= 0xe0 && b <= 0xfc);
const isTrail = (b: number): boolean => b >= 0x40 && b <= 0xfc && b !== 0x7f;
const isHalfWidthKana = (b: number): boolean => b >= 0xa1 && b <= 0xdf;

/**
 * True when the bytes are not UTF-8 but are well-formed Shift_JIS (CP932): the file was saved with the wrong
 * encoding. False for ASCII, for UTF-8, and for bytes that are neither.
 */
export function looksLikeShiftJis(bytes: Uint8Array): boolean {
  if (firstNonUtf8(bytes) < 0) return false;
  for (let at = 0; at < bytes.length; at++) {
    const b = bytes[at]!;
    if (b < 0x80 || isHalfWidthKana(b)) continue;
    if (!isLead(b) || at + 1 >= bytes.length || !isTrail(bytes[at + 1]!)) return false;
    at += 1;
  }
  return true;
}
