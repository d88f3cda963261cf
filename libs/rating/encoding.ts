/**
 * Telling UTF-8 from Shift_JIS on bytes: Japanese spreadsheets still save the latter, and it must not be read
 * as the former.
 */

/** How the characters of a call file are written; `auto` is whichever of the two its bytes are. */
export const CALL_ENCODINGS = ['utf-8', 'shift_jis', 'auto'] as const;
export type CallEncoding = (typeof CALL_ENCODINGS)[number];

function decodes(bytes: Uint8Array, encoding: 'utf-8' | 'shift_jis'): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * True when the bytes are not UTF-8 but are well-formed Shift_JIS (CP932): the file was saved with the wrong
 * encoding. False for ASCII, for UTF-8, and for bytes that are neither.
 */
export const looksLikeShiftJis = (bytes: Uint8Array): boolean =>
  !decodes(bytes, 'utf-8') && decodes(bytes, 'shift_jis');
