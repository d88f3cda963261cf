import { InvalidInput } from './invalid-input.js';
import { PAPER_CHARACTERS } from './paper-characters.js';
import { problem, type SaidProblem } from './problems.js';
import { charactersIn, textProblem } from './text.js';
import { valueProblems } from './value-problems.js';

/**
 * Names that are printed on invoices and statements. What no face of the papers has is refused where the name
 * is entered, and not found out at month-end: a name that a document cannot show is no name on it.
 */

/** Almost every Latin text; the others are looked up. */
const PLAIN = /^[\x20-\x7e]*$/;
/** Characters that draw nothing by themselves: they choose a form that no face here has. */
const SELECTORS = /[\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** What is set of a text on paper: composed, without selectors, control characters as blanks. */
export const printable = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .normalize('NFC')
        .replace(SELECTORS, '')
        .replace(/[\p{Cc}\p{Cf}]/gu, ' ');

/** Pairs of first and last code point, ascending. */
let ranges: Uint32Array | undefined;

function readRanges(): Uint32Array {
  let at = 0;
  const ends = PAPER_CHARACTERS.split(/\s+/).flatMap(part => {
    const [gap, more = '0'] = part.split('+');
    const first = at + Number.parseInt(gap!, 36);
    at = first + Number.parseInt(more, 36);
    return [first, at];
  });
  return Uint32Array.from(ends);
}

function hasFace(codePoint: number): boolean {
  ranges ??= readRanges();
  let [low, high] = [0, ranges.length / 2 - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < ranges[2 * middle]!) high = middle - 1;
    else if (codePoint > ranges[2 * middle + 1]!) low = middle + 1;
    else return true;
  }
  return false;
}

/** The characters of a text that no face of the papers has, each once. */
export function unprintable(text: string): string[] {
  if (PLAIN.test(text)) return [];
  return [...new Set(printable(text))].filter(character => !hasFace(character.codePointAt(0)!));
}

const SHOWN = 5;
const named = (character: string): string =>
  `${character} U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** Why a text cannot stand on a document; undefined for one that can. */
export function printProblem(text: string): SaidProblem | undefined {
  const missing = unprintable(text);
  if (missing.length === 0) return undefined;
  const more = missing.length > SHOWN ? ', ...' : '';
  const shown = missing.slice(0, SHOWN).map(named).join(', ');
  return problem(valueProblems.CHARACTER_NOT_PRINTABLE, { characters: `${shown}${more}` });
}

/**
 * A name as it is kept: composed (NFC), at most `most` characters, nothing hidden. Characters are code
 * points: `𠮷` is one, an emoji that is joined of several counts each of them and what joins them.
 * @param printed it stands on documents
 * @throws InvalidInput naming `field`
 */
export function readName(field: string, said: string, most: number, { printed = false } = {}): string {
  const name = said.normalize('NFC');
  if (charactersIn(name.trim()) > most) throw InvalidInput.of(field, valueProblems.TOO_LONG, { most });
  const hidden = textProblem(name);
  if (hidden !== undefined) throw new InvalidInput(field, hidden);
  const missing = printed ? printProblem(name) : undefined;
  if (missing !== undefined) throw new InvalidInput(field, missing);
  return name;
}
