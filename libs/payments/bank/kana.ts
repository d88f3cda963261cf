/** A byte of JIS X 0201 as a character; undefined: the byte is none. Banks write no control characters. */
function characterOf(byte: number): string | undefined {
  if (byte === 0x5c) return '¥';
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte);
  return byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte + 0xfec0) : undefined;
}

/**
 * Half-width text as banks write it (JIS X 0201, the half-width part of Shift_JIS), each byte one character.
 * @returns the text without the blanks that fill the field, or the first byte that is no character
 */
export function readBankText(bytes: Uint8Array): string | { readonly byte: number } {
  let text = '';
  for (const byte of bytes) {
    const character = characterOf(byte);
    if (character === undefined) return { byte };
    text += character;
  }
  return text.trimEnd();
}

const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';
/** Marks that one bank writes and another leaves out: long vowels, hyphens, dots, blanks, quotation marks. */
const LOOSE = /[\s\u3000ー‐‑–—―−－\-・･.,，．、。「」'"’_]/g;

/** How banks shorten what kind of company it is; with its bracket, before, after or within the name. */
const SHORT_FORMS = [
  ...['カ', 'ユ', 'ド', 'メ', 'シ', 'イ', 'シヤ', 'ザイ', 'シユウ', 'ガク', 'フク', 'ホゴ', 'ソウゴ', 'ノウ'],
  ...['ドクヒ', 'トクヒ', 'チドク', 'ベン', 'ギヨ', 'カンリ', 'シキヨウ', 'ゼイ', 'ドク', 'シヨ'],
].join('|');
const SHORT = new RegExp(`^(${SHORT_FORMS})\\)|\\((${SHORT_FORMS})\\)?$|\\((${SHORT_FORMS})\\)`, 'g');
const LONG_FORMS = [
  ...['カブシキガイシヤ', 'カブシキカイシヤ', 'ユウゲンガイシヤ', 'ユウゲンカイシヤ', 'ゴウドウガイシヤ'],
  ...['ゴウドウカイシヤ', 'ゴウシガイシヤ', 'ゴウメイガイシヤ', 'イリヨウホウジン', 'シヤダンホウジン'],
  ...['イツパンシヤダンホウジン', 'ザイダンホウジン', 'イツパンザイダンホウジン', 'ガツコウホウジン'],
  ...['シユウキヨウホウジン', 'シヤカイフクシホウジン', 'トクテイヒエイリカツドウホウジン'],
].sort((one, other) => other.length - one.length);
const LONG = new RegExp(`^(${LONG_FORMS.join('|')})|(${LONG_FORMS.join('|')})$`, 'g');

/**
 * The one form of a payer's name: the same for ｶ)ｱｵｿﾞﾗ, アオゾラ（カ and カブシキガイシャ アオゾラ. Small
 * kana are large, as banks write them; what kind of company it is, blanks, hyphens and long vowels are left
 * out. Empty for a name that is nothing else.
 */
export function payerKey(name: string): string {
  const folded = name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\u3041-\u3096]/g, one => String.fromCharCode(one.charCodeAt(0) + 0x60))
    .replace(/[ァィゥェォッャュョヮヵヶ]/g, one => LARGE[SMALL.indexOf(one)]!)
    .replaceAll('ヲ', 'オ')
    .replace(LOOSE, '');
  return folded.replace(SHORT, '').replace(LONG, '').replace(/[()]/g, '');
}

/** Banks cut a payer's name after so many bytes, dakuten counted apart. */
const NAME_BYTES = 48;
/** A beginning that is shorter says too little of whose it is. */
const BEGINNING = 10;

/**
 * Tells whether a payer, as the bank wrote him, is somebody whose name in kana has this key (`payerKey`). A
 * name that fills the whole field was cut: its beginning is enough.
 */
export function payerTest(payer: string): (key: string) => boolean {
  const paid = payerKey(payer);
  if (paid === '') return () => false;
  const isCut = [...payer].length >= NAME_BYTES - 1 && paid.length >= BEGINNING;
  return key => key === paid || (isCut && key.startsWith(paid));
}
