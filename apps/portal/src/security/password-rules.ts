/** Symbols of a password (ACC-16). */
export const SYMBOLS = '!@#$%^&*?_-';

/** What a password needs, in the order in which it is said (ACC-16, 003 p.64). */
const RULES = {
  length: (password: string) => [...password].length >= 8,
  upper: (password: string) => /[A-Z]/.test(password),
  lower: (password: string) => /[a-z]/.test(password),
  symbol: (password: string) => [...password].some(character => SYMBOLS.includes(character)),
  characters: (password: string) =>
    password !== '' && [...password].every(one => /^[A-Za-z0-9]$/.test(one) || SYMBOLS.includes(one)),
} as const;
export type Rule = keyof typeof RULES;

/** Whether each rule is met. The server decides: it may ask for more. */
export const rulesOf = (password: string): readonly (readonly [rule: Rule, met: boolean])[] =>
  (Object.keys(RULES) as Rule[]).map(rule => [rule, RULES[rule](password)]);
