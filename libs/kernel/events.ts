import type { Codec } from './decider.js';
import { compileFacts, type Fact, type Facts, fact, type ValuesOf } from './fact.js';
import type { Instant } from './instant.js';
import type { Sentence } from './sentence.js';

/** What is said of a type of event, beside its facts. */
export interface EventSaid {
  /** What the type says, whatever is in it: one sentence of the catalogue. */
  readonly word: Sentence;
  /** What one event says: a template over the stored form (`sentenceOf`). Default: the word. */
  readonly sentence?: Sentence;
  /** false: it follows by itself from another event, or tells how a sign-in went. Default: true. */
  readonly act?: boolean;
}

/** A stored form of former days, and how it becomes today's. It is read for ever and never written. */
export interface OlderForm {
  readonly version: number;
  readonly facts: Facts;
  readonly sentence: Sentence;
  readonly upcast: (values: never) => unknown;
}

interface Versions {
  readonly version: number;
  readonly older: readonly OlderForm[];
  /** The name in the stored type, which is for ever, where the event has another one by now. */
  readonly storedAs?: string;
}

export interface EventDeclaration<All extends Facts = Facts> extends Required<EventSaid>, Versions {
  readonly facts: All;
}

type Declarations = Readonly<Record<string, EventDeclaration>>;
type Flat<T> = { [Key in keyof T]: T[Key] };

/** The union of the events of a family: `type`, `at`, and the declared facts. */
export type EventOf<Family extends { readonly declared: Declarations }> = {
  [Name in keyof Family['declared'] & string]: Flat<
    { readonly type: Name; readonly at: Instant } & ValuesOf<Family['declared'][Name]['facts']>
  >;
}[keyof Family['declared'] & string];

/** One stored type, with all that is said of it. */
export interface StoredType extends Sentence {
  /** `context.Event.vN` */
  readonly type: string;
  /** The pattern of its streams, e.g. `wallet-<account>_<yyyy-mm>`. */
  readonly stream: string;
  readonly sentence: Sentence;
  readonly act: boolean;
  readonly facts: Facts;
}

export interface EventFamily<All extends Declarations> {
  readonly declared: All;
  readonly stream: string;
  /** The stored type of today's version of each event. */
  readonly types: { readonly [Name in keyof All]: string };
  /** Every stored type, older versions too, in the order of the declaration. */
  readonly stored: readonly StoredType[];
  readonly codec: Codec<EventOf<{ declared: All }>>;
}

/** Declares one event. `at`, the instant of the decision, is the first fact of every one. */
export function event<const All extends Facts>(
  facts: All,
  said: EventSaid,
  versions: Versions = { version: 1, older: [] },
): EventDeclaration<All> {
  return { facts, act: true, sentence: said.word, ...said, ...versions };
}

/** An older stored form of an event. @param upcast from its values to those of today */
export const olderForm = <const All extends Facts>(
  version: number,
  facts: All,
  sentence: Sentence,
  upcast: (values: ValuesOf<All>) => object,
): OlderForm => ({ version, facts, sentence, upcast: upcast as (values: never) => unknown });

const AT: { readonly at: Fact<Instant> } = { at: fact.instant };

interface Written {
  readonly stored: string;
  readonly write: (event: unknown) => unknown;
}

/**
 * The events of one kind of stream, declared once: their types, stored forms and words follow from it.
 * @param context the part of the stored type before the first dot
 * @throws Error when two events have one stored type, or a fact has a name that is no identifier
 */
export function defineEvents<const All extends Declarations>(
  { context, stream }: { readonly context: string; readonly stream: string },
  declared: All,
): EventFamily<All> {
  const writers = new Map<string, Written>();
  const readers = new Map<string, (data: unknown) => unknown>();
  const stored: StoredType[] = [];
  const add = (name: string, version: number, one: EventDeclaration | OlderForm, said: EventDeclaration) => {
    const type = `${context}.${said.storedAs ?? name}.v${version}`;
    if (readers.has(type)) throw new Error(`${type} is declared twice`);
    const facts = { ...AT, ...one.facts };
    const { word, act } = said;
    stored.push({ type, stream, ...word, sentence: one.sentence, act, facts });
    const { read, write } = compileFacts(facts, `type: ${JSON.stringify(name)}`);
    readers.set(type, read);
    return { type, read, write };
  };
  for (const [name, said] of Object.entries(declared)) {
    for (const form of said.older) {
      const { type, read } = add(name, form.version, form, said);
      readers.set(type, data => form.upcast(read(data) as never));
    }
    const { type, write } = add(name, said.version, said, said);
    writers.set(name, { stored: type, write });
  }
  const types = Object.fromEntries([...writers].map(([name, made]) => [name, made.stored]));
  return {
    declared,
    stream,
    stored,
    types: types as EventFamily<All>['types'],
    codec: codecOf(writers, readers) as unknown as EventFamily<All>['codec'],
  };
}

interface Happened {
  readonly type: string;
  readonly at: Instant;
}

function codecOf(
  writers: ReadonlyMap<string, Written>,
  readers: ReadonlyMap<string, (data: unknown) => unknown>,
): Codec<Happened> {
  return {
    occurredAt: happened => happened.at,
    encode(happened) {
      const { stored, write } = writers.get(happened.type)!;
      return { type: stored, data: write(happened) };
    },
    decode(type, data) {
      const read = readers.get(type);
      if (read === undefined) {
        throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
      }
      return read(data) as Happened;
    },
  };
}
