import { problem, type SaidProblem } from './problems.js';
import { valueProblems } from './value-problems.js';

/**
 * What people write: names, reasons, notes, what they search for. Such a text comes back on pages, papers and
 * terminals, so it holds nothing that cannot be seen or that changes how its surroundings look.
 */

/** Almost every text; the others are looked at closely. */
const PLAIN = /^[\x20-\x7e]*$/;
/** Marks of direction, joiners, fillers, tags, line separators, and what is no character at all. */
const UNSEEN = new RegExp(
  '[\\p{Cf}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}\\u115f\\u1160\\u3164\\uffa0]' +
    '|\\u034f|[\\u17b4\\u17b5]|[\\u180b-\\u180f]',
  'u',
);
/** Emoji of several people or things are joined by a sign that is not seen. */
const JOINER =
  /(?<=(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?)\u200d(?=\p{Extended_Pictographic})/gu;

/** What a text holds that it must not; undefined for a good one. */
export function textProblem(text: string): SaidProblem | undefined {
  if (PLAIN.test(text)) return undefined;
  if (/\p{Cc}/u.test(text)) return problem(valueProblems.CONTROL_CHARACTER);
  if (/\p{Cs}/u.test(text)) return problem(valueProblems.HALF_CHARACTER);
  const unseen = UNSEEN.exec(text.replace(JOINER, ''))?.[0];
  if (unseen === undefined) return undefined;
  const code = unseen.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return problem(valueProblems.HIDDEN_CHARACTER, { code: `U+${code}` });
}

/** What lists show of a sealed text whose key is not here, in a store that was restored without it. */
export const UNREADABLE = '(unreadable)';

const HARMFUL = new RegExp(`[\\p{Cc}\\p{Cs}]|${UNSEEN.source}`, 'gu');

/**
 * A text of former times as it may be shown: a blank where something stands that is refused today.
 * @param lines the text has lines and tabs of its own
 */
export function harmless(text: string, { lines = false } = {}): string {
  if (PLAIN.test(text)) return text;
  const joiners = new Set([...text.matchAll(JOINER)].map(found => found.index));
  return text.replace(HARMFUL, (found, at: number) =>
    joiners.has(at) || (lines && /[\t\n\r]/.test(found)) ? found : ' ',
  );
}

/** JSON that says the same and holds nothing harmful: such characters are written as escapes. */
export const harmlessJson = (json: string): string =>
  PLAIN.test(json)
    ? json
    : json.replace(HARMFUL, found =>
        found === '\n'
          ? found
          : [...Array(found.length).keys()]
              .map(i => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`)
              .join(''),
      );

/**
 * How many characters (code points) a composed text has: `𠮷` is one; an emoji that is joined of several
 * counts each of them and what joins them.
 */
export const charactersIn = (text: string): number => [...text].length;
