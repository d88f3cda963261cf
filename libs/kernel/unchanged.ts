import { type Sentence, withCodes } from './sentence.js';

/** Why a command had nothing to do: mostly, because what it asks for is so already. */
export interface Unchanged<Code extends string = string> extends Sentence {
  readonly code: Code;
}

type SaidByCode = Readonly<Record<string, Sentence>>;

/** Declares why the commands of one decider or service may have nothing to do, beside its refusals. */
export const defineUnchanged = <const All extends SaidByCode>(
  all: All,
): { readonly [Code in keyof All & string]: Unchanged<Code> } =>
  withCodes(all) as { readonly [Code in keyof All & string]: Unchanged<Code> };

/** Nothing happened, and that is right: as a decider answers it, and as a service does. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly reason: Unchanged;
}

export const nothing = (reason: Unchanged): Nothing => ({ kind: 'nothing', reason });

/** Nothing had to be done, as answers tell it: in both languages, and by its code. */
export interface ToldUnchanged {
  readonly code: string;
  readonly reason: string;
  readonly reasonJa: string;
}

export const toldUnchanged = ({ code, ja, en }: Unchanged): ToldUnchanged => ({
  code,
  reason: en,
  reasonJa: ja,
});
