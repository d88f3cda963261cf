import { BusinessDay } from './business-day.js';
import { BusinessMonth } from './business-month.js';
import { Instant } from './instant.js';
import { Money } from './money.js';
import { MoneyTotal } from './money-total.js';

/** One kind of fact in an event: how it is stored, how it is read back, and whether people may read it. */
export interface Fact<out Value> {
  /** Written out in the catalogue of events, e.g. `money`, `list of text`. */
  readonly kind: string;
  /** `null`: stored as it is. */
  readonly write: ((value: never) => unknown) | null;
  /** `null`: read as it is stored. */
  readonly read: ((stored: never) => Value) | null;
  /** Seals, hashes and codes that prove an identity: no face of the product shows them. */
  readonly secret: boolean;
  /** May be absent: events that were stored before the fact existed. */
  readonly optional: boolean;
  /** A record whose facts are stored beside those of the event, without a name of its own. */
  readonly inline: boolean;
  /** The facts inside, by name, of a record or of each item of a list. */
  readonly inner: Facts | null;
}

export type Facts = Readonly<Record<string, Fact<unknown>>>;

export type ValueOf<One> = One extends Fact<infer Value> ? Value : never;

type OptionalNames<All extends Facts> = {
  [Name in keyof All]: undefined extends ValueOf<All[Name]> ? Name : never;
}[keyof All];

/** The values of facts, as the domain has them. */
export type ValuesOf<All extends Facts> = {
  readonly [Name in Exclude<keyof All, OptionalNames<All>>]: ValueOf<All[Name]>;
} & { readonly [Name in OptionalNames<All>]?: Exclude<ValueOf<All[Name]>, undefined> };

type Read = (stored: unknown) => unknown;
type Write = (value: unknown) => unknown;

const plain = <Value>(kind: string): Fact<Value> => ({
  kind,
  write: null,
  read: null,
  secret: false,
  optional: false,
  inline: false,
  inner: null,
});

const asText = <Value>(kind: string, write: (value: Value) => string, read: (stored: string) => Value) => ({
  ...plain<Value>(kind),
  write,
  read,
});

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * A function that copies the named facts of an object into a literal, each through its own conversion: what
 * one would write by hand, made once, because an import stores 40,000 events a second and a replay reads
 * 200,000.
 */
function copier(facts: Facts, direction: 'write' | 'read', first: string): (from: unknown) => unknown {
  const conversions: unknown[] = [];
  const always: string[] = first === '' ? [] : [first];
  const sometimes: string[] = [];
  const add = (name: string, one: Fact<unknown>, path: string) => {
    if (!IDENTIFIER.test(name)) throw new Error(`a fact cannot be called "${name}"`);
    if (one.inline && direction === 'write') {
      for (const [key, part] of Object.entries(one.inner ?? {})) add(key, part, `${path}.${key}`);
      return;
    }
    const from = one.inline ? 'from' : path;
    const convert = one[direction];
    const value = convert === null ? from : `c${conversions.push(convert) - 1}(${from})`;
    if (one.optional) sometimes.push(`if (${path} !== undefined) made.${name} = ${value};`);
    else always.push(`${name}: ${value}`);
  };
  for (const [name, one] of Object.entries(facts)) add(name, one, `from.${name}`);
  const literal = `{ ${always.join(', ')} }`;
  const body =
    sometimes.length === 0
      ? `return ${literal};`
      : `const made = ${literal}; ${sometimes.join(' ')} return made;`;
  const names = conversions.map((_, index) => `c${index}`);
  // Names are identifiers of our own declarations, checked above: nothing from outside becomes code.
  return new Function(...names, `return from => { ${body} };`)(...conversions) as (from: unknown) => unknown;
}

/** How facts are stored and read, in their declared order, which is the order of the stored text. */
export const compileFacts = (
  facts: Facts,
  /** Put before the facts that are read, as source text, e.g. `type: "LotCredited"`. */
  first = '',
): { readonly write: Write; readonly read: Read } => ({
  write: copier(facts, 'write', ''),
  read: copier(facts, 'read', first),
});

function listOf<Value>(item: Fact<Value>): Fact<readonly Value[]> {
  const { write, read } = item as { write: Write | null; read: Read | null };
  return {
    ...item,
    kind: `list of ${item.kind}`,
    write: write && ((values: readonly unknown[]) => values.map(write)),
    read: read && ((stored: readonly unknown[]) => stored.map(read) as readonly Value[]),
  };
}

function orNull<Value>(one: Fact<Value>): Fact<Value | null> {
  const { write, read } = one as { write: Write | null; read: Read | null };
  return {
    ...one,
    kind: `${one.kind} or null`,
    write: write && ((value: unknown) => (value === null ? null : write(value))),
    read: read && ((stored: unknown) => (stored === null ? null : (read(stored) as Value))),
  };
}

function record<const All extends Facts>(facts: All): Fact<ValuesOf<All>> {
  const { write, read } = compileFacts(facts);
  // Always written fact by fact, so that the order of the stored text is the declared one.
  const readAsStored = Object.values(facts).every(one => one.read === null);
  return {
    ...plain<ValuesOf<All>>('record'),
    write,
    read: readAsStored ? null : (read as (stored: never) => ValuesOf<All>),
    inner: facts,
  };
}

function inline<const All extends Facts>(facts: All): Fact<ValuesOf<All>> {
  const { read } = compileFacts(facts);
  return { ...record(facts), read: read as (stored: never) => ValuesOf<All>, inline: true };
}

/** The kinds of facts that events are declared with. Amounts, times, days and months are stored as text. */
export const fact = {
  text: plain<string>('text'),
  /** A text with a type of its own, e.g. `fact.id<AccountId>()`. */
  id: <Value extends string>(): Fact<Value> => plain<Value>('text'),
  /** One of these words. */
  oneOf: <const Word extends string>(...words: readonly Word[]): Fact<Word> =>
    plain<Word>(words.join(' \\| ')),
  /** A whole number: a count, milliseconds, basis points. */
  whole: plain<number>('whole number'),
  /** A whole number with a type of its own, e.g. `BasisPoints`. */
  wholeOf: <Value extends number>(): Fact<Value> => plain<Value>('whole number'),
  flag: plain<boolean>('true or false'),
  money: asText<Money>('money', Money.text, Money.of),
  /** A sum over many wallets, which may be larger than any of them. */
  moneyTotal: asText<MoneyTotal>('money', MoneyTotal.text, text => MoneyTotal.parse(text)),
  instant: asText<Instant>('instant', Instant.text, Instant.parse),
  day: asText<BusinessDay>('day', BusinessDay.text, BusinessDay.parse),
  month: asText<BusinessMonth>('month', BusinessMonth.text, BusinessMonth.parse),
  /** JSON that is stored as it is, where another place knows its shape. */
  json: <Value>(kind: string): Fact<Value> => plain<Value>(kind),
  /** What has a stored form of its own. */
  stored: <Value>(
    kind: string,
    write: (value: Value) => unknown,
    read: (stored: never) => Value,
  ): Fact<Value> => ({
    ...plain<Value>(kind),
    write,
    read,
  }),
  record,
  inline,
  listOf,
  orNull,
  optional: <Value>(one: Fact<Value>): Fact<Value | undefined> => ({ ...one, optional: true }),
  secret: <Value>(one: Fact<Value>): Fact<Value> => ({ ...one, secret: true }),
};
