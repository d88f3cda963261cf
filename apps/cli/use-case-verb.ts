import { z } from 'zod';
import { InvalidInput } from '#kernel';
import type { CommandClass, QueryClass, Told } from '#nest';
import { type Answer, type Cli, faultsOf, isWrapped, noSuch, wordsOf } from '#runtime';
import { Refused } from './failure.js';
import { allRows, asDocument, type Invocation } from './invocation.js';
import { type OptionSaid, option } from './options.js';
import type { List } from './output.js';
import type { Verb } from './program.js';
import type { Language, Words } from './text.js';

/** Where one field stands on the command line: it is an argument, or the option `--<name>`. */
interface Place {
  readonly field: string;
  readonly schema: z.ZodType;
  readonly name: string;
  readonly argument: number | undefined;
}

/** What is read of a use case here. */
interface Reading<Input extends z.ZodObject = z.ZodObject> {
  readonly input: Input;
  readonly cli?: Cli | undefined;
}

/** `incomingDiscount` -> `incoming-discount` */
const kebab = (field: string): string => field.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

function cliOf({ cli }: Reading): Cli {
  if (!cli) throw new Error('this use case declares no verb');
  return cli;
}

function placesOf(useCase: Reading): Place[] {
  const { usage, names = {}, without = [] } = cliOf(useCase);
  const args = [...usage.matchAll(/[<[]([\w-]+)/g)].map(([, name]) => name!);
  return Object.entries(useCase.input.shape as Record<string, z.ZodType>)
    .filter(([field]) => !without.includes(field))
    .map(([field, schema]) => {
      const name = names[field] ?? kebab(field);
      const argument = args.indexOf(name);
      return { field, schema, name, argument: argument < 0 ? undefined : argument };
    });
}

/** What a field holds when it is there. */
const held = (schema: z.ZodType): z.ZodType =>
  isWrapped(schema) ? held(schema.unwrap() as z.ZodType) : schema;

const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** Words of one field for the help: what it is, and the words it may be. */
function helpOf({ schema }: Place, language: Language): string {
  const inner = held(schema);
  const choices = inner instanceof z.ZodEnum ? inner.options.join(', ') : undefined;
  const about = wordsOf(schema)[language];
  const help = about && choices ? `${about.replace(/[.。]$/, '')}: ${choices}` : (about ?? choices ?? '');
  const standard = schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
  if (choices === undefined || typeof standard !== 'string') return help;
  return language === 'ja' ? `${help}（省略時は ${standard}）` : `${help} (default: ${standard})`;
}

function optionOf(place: Place): OptionSaid {
  const { schema, name } = place;
  const inner = held(schema);
  const short = wordsOf(schema).short ?? name.split('-').at(-1)!;
  return {
    flags: inner instanceof z.ZodBoolean ? `--${name}` : `--${name} <${short}>`,
    about: { ja: helpOf(place, 'ja'), en: helpOf(place, 'en') },
    required: isRequired(schema),
    many: inner instanceof z.ZodArray,
  };
}

/** The options of a use case: its fields that are no arguments. */
const optionsOf = (useCase: Reading): readonly OptionSaid[] =>
  placesOf(useCase)
    .filter(({ argument }) => argument === undefined)
    .map(optionOf);

/** As the schema takes it from outside; what was not given is not there. */
function given(invocation: Invocation, { schema, name, argument }: Place): unknown {
  const inner = held(schema);
  if (argument !== undefined)
    return inner instanceof z.ZodArray ? invocation.argList(argument) : invocation.arg(argument);
  if (inner instanceof z.ZodBoolean) return invocation.flag(name) || undefined;
  if (inner instanceof z.ZodArray) {
    const texts = invocation.texts(name);
    return texts.length === 0 ? undefined : texts;
  }
  const text = invocation.text(name);
  return inner instanceof z.ZodNumber && /^-?\d{1,15}$/.test(text ?? '') ? Number(text) : text;
}

/**
 * The fields of a use case as they were given, in the form that it declares.
 * @throws InvalidInput naming the option or the argument
 */
export function inputOf<Input extends z.ZodObject>(
  invocation: Invocation,
  useCase: Reading<Input>,
): z.output<Input> {
  const places = placesOf(useCase);
  const texts = places.map(place => [place.field, given(invocation, place)] as const);
  const read = useCase.input.safeParse(Object.fromEntries(texts.filter(([, value]) => value !== undefined)), {
    reportInput: true,
  });
  if (read.success) return read.data;
  const fault = faultsOf(read.error)[0]!;
  const place = places.find(({ field }) => field === fault.field.split('.')[0]);
  const name = place?.name ?? fault.field;
  throw new InvalidInput(place?.argument === undefined ? `--${name}` : name, fault.problem);
}

/** The last word of the usage and its arguments: the words before it are the command it stands below. */
const usageOf = (usage: string): string => /[\w-]+(?: *[<[].*)?$/.exec(usage)![0];

/** Words, options and use of the store as a use case declares them, and `more` options by hand. */
export function verbOf({ useCase }: Told, more: readonly OptionSaid[] = []): Omit<Verb, 'run'> {
  const { usage, creates, about = useCase.about } = cliOf(useCase);
  const isRead = useCase.effect === 'read';
  return {
    usage: usageOf(usage),
    about,
    store: isRead ? 'read' : creates ? 'create' : 'write',
    ...(!isRead && { writes: { id: true } }),
    options: [...optionsOf(useCase), ...more],
  };
}

/** The verb of a command without a twist. */
export const commandVerb = <Input extends z.ZodObject, Value extends object>(
  one: CommandClass<Input, Answer<Value>>,
  human: (value: Value, invocation: Invocation) => string,
): Verb => ({
  ...verbOf(one),
  run: async invocation => {
    const input = inputOf(invocation, one.useCase);
    return asDocument(await invocation.do(new one(input, invocation.caller())), value =>
      human(value, invocation),
    );
  },
});

/** @throws Refused for an account that does not exist, as on every route that asks about one */
async function inputOfQuestion<Input extends z.ZodObject>(
  invocation: Invocation,
  useCase: Reading<Input>,
): Promise<z.output<Input>> {
  const input = inputOf(invocation, useCase);
  if ('account' in useCase.input.shape) await invocation.knownAccountIfAny();
  return input;
}

/** The verb of a question with one answer. @throws Refused when there is nothing of the kind */
export const documentVerb = <Input extends z.ZodObject, Value extends object>(
  one: QueryClass<Input, Value | undefined>,
  human: (value: Value, invocation: Invocation) => string,
): Verb => ({
  ...verbOf(one),
  run: async invocation => {
    const value = await invocation.ask(new one(await inputOfQuestion(invocation, one.useCase)));
    if (value === undefined) throw Refused.of(noSuch(one.useCase.sought ?? 'RESOURCE'));
    return { kind: 'document', value, human: () => human(value, invocation) };
  },
});

interface Listed<Row> {
  readonly columns: List['columns'];
  readonly empty: Words;
  /** A row as it is shown to people; as it came without it. */
  readonly shown?: (row: Row, invocation: Invocation) => object;
}
const PAGING = ['limit', 'cursor'];
/** Of a list that has pages. */
export const LIMIT = option('--limit <n>', { ja: '最大件数', en: 'at most so many' });

async function* shownRows<Row extends object>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  shown: (row: Row) => object,
): AsyncGenerator<object> {
  for await (const row of rows) yield shown(row);
}

/** The verb of a list: of all its pages, where it has pages. */
export function listVerb<Input extends z.ZodObject, Row extends object>(
  one: QueryClass<Input, { readonly rows: readonly Row[]; readonly next?: string | null }>,
  { columns, empty, shown }: Listed<Row>,
): Verb {
  const { input, cli } = one.useCase;
  const isPaged = 'cursor' in input.shape;
  const reading: Reading<Input> = cli
    ? { input, cli: { ...cli, without: [...(cli.without ?? []), ...PAGING] } }
    : { input };
  const options = optionsOf(reading);
  return {
    ...verbOf(one),
    options: isPaged ? [...options, LIMIT] : options,
    run: async invocation => {
      const limit = isPaged ? invocation.countIfAny('limit', 1) : undefined;
      const asked = await inputOfQuestion(invocation, reading);
      const rows = isPaged
        ? allRows(
            async page => ({ next: null, ...(await invocation.ask(new one({ ...asked, ...page }))) }),
            limit,
          )
        : (await invocation.ask(new one(asked))).rows;
      const people = shown && !invocation.json ? shownRows(rows, row => shown(row, invocation)) : rows;
      return { kind: 'list', rows: people, columns, empty };
    },
  };
}
