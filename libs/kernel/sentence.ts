/** A sentence in the two languages of the product. */
export interface Sentence {
  readonly ja: string;
  readonly en: string;
}
export type Language = keyof Sentence;

/** The names in braces of a sentence: `{least} to {most}` -> `'least' | 'most'`. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What stands for a name: a text, or words that differ by language. */
export type Filling = string | number | Sentence;
export type Fillings = Readonly<Record<string, Filling>>;

/** What is declared by code, each with its code in it; one that is declared elsewhere has it already. */
export const withCodes = <One extends Sentence>(all: Readonly<Record<string, One>>): unknown =>
  Object.fromEntries(
    Object.entries(all).map(([code, said]) => [code, 'code' in said ? said : { code, ...said }]),
  );

const NAME = /\{(\w+)\}/g;

/** A sentence in one language, with `{name}` filled in; a name without a filling stays as it is. */
export function inWords(sentence: Sentence, fillings: Fillings, language: Language): string {
  return sentence[language].replace(NAME, (blank, name: string) => {
    const filling = fillings[name];
    if (filling === undefined) return blank;
    return typeof filling === 'object' ? filling[language] : String(filling);
  });
}

/** The same in both languages. */
export const inBoth = (sentence: Sentence, fillings: Fillings): Sentence => ({
  ja: inWords(sentence, fillings, 'ja'),
  en: inWords(sentence, fillings, 'en'),
});
